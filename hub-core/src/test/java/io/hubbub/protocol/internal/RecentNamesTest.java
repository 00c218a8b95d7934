package io.hubbub.protocol.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecentNamesTest {
  @Test
  void nameThatComesAgainIsTheSameString() {
    assertThat(of("SendMessage")).isEqualTo("SendMessage").isSameAs(of("SendMessage"));
  }

  @Test
  void namesThatShareTheirPlaceAreNotMixedUp() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(of("method" + i)).isEqualTo("method" + i);
      assertThat(of("method" + i / 2)).isEqualTo("method" + i / 2);
    }
  }

  @Test
  void namesBeyondAsciiAreRead() {
    assertThat(of("보내기")).isEqualTo("보내기");
    assertThat(of("보내기")).isEqualTo("보내기");
  }

  @Test
  void emptyAndLongNamesAreReadAndNotKept() {
    String longest = "x".repeat(65);

    assertThat(of("")).isEmpty();
    assertThat(of(longest)).isEqualTo(longest).isNotSameAs(of(longest));
  }

  private static String of(String name) {
    byte[] data = ("--" + name + "--").getBytes(StandardCharsets.UTF_8);
    return RecentNames.of(data, 2, data.length - 4);
  }
}
