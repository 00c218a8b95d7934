package io.hubbub.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectionKeyTest {

  @Test
  void tokensHave128BitsAndAllOfThemVary() {
    Set<String> tokens = new HashSet<>();
    byte[] ones = new byte[16];
    byte[] zeros = new byte[16];
    for (int i = 0; i < 1000; i++) {
      String token = ConnectionKey.secret().token();
      tokens.add(token);
      byte[] bits = Base64.getUrlDecoder().decode(token);
      assertThat(bits).hasSizeGreaterThanOrEqualTo(16);
      for (int at = 0; at < 16; at++) {
        ones[at] |= bits[at];
        zeros[at] |= (byte) ~bits[at];
      }
    }
    assertThat(tokens).hasSize(1000);
    assertThat(ones).containsOnly(-1);
    assertThat(zeros).containsOnly(-1);
  }

  @Test
  void publicIdTellsNothingOfTheToken() {
    ConnectionKey key = ConnectionKey.secret();
    assertThat(key.id()).isNotEqualTo(key.token());
    assertThat(key).hasToString(key.id());
  }
}
