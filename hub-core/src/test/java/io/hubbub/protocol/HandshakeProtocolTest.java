package io.hubbub.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeProtocolTest {
  @Test
  void requestIsReadInAnyOrderWithUnknownMembers() {
    assertThat(request("{\"extra\":{\"a\":[1]},\"version\":1,\"protocol\":\"json\"}"))
        .isEqualTo(new HandshakeRequest("json", 1));
  }

  @Test
  void requestAndResponseAreWrittenAsTheOriginalWritesThem() {
    assertThat(HandshakeProtocol.writeRequest(new HandshakeRequest("json", 1)))
        .asString()
        .isEqualTo("{\"protocol\":\"json\",\"version\":1}\u001e");
    assertThat(HandshakeProtocol.writeResponse(HandshakeResponse.OK))
        .asString()
        .isEqualTo("{}\u001e");
    assertThat(HandshakeProtocol.writeResponse(HandshakeResponse.error("no \"x\"")))
        .asString()
        .isEqualTo("{\"error\":\"no \\\"x\\\"\"}\u001e");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1, 2, 99, Integer.MAX_VALUE})
  void everyWholeVersionOf32BitsIsRead(int version) {
    assertThat(request("{\"protocol\":\"json\",\"version\":" + version + "}").version())
        .isEqualTo(version);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"version\":1}|Missing required property 'protocol'. Message content: {\"version\":1}",
        "{\"protocol\":\"a\"}|Missing required property 'version'. Message content:"
            + " {\"protocol\":\"a\"}",
        "{\"protocol\":1,\"version\":1}|Expected 'protocol' to be of type String.",
        "{\"protocol\":null,\"version\":1}|Expected 'protocol' to be of type String.",
        "{\"protocol\":\"a\",\"version\":\"1\"}|Expected 'version' to be of type Number.",
        "{\"protocol\":\"a\",\"version\":1.5}|Expected 'version' to be of type Number.",
        "{\"protocol\":\"a\",\"version\":2147483648}|Expected 'version' to be of type Number.",
        "[1]|Unexpected JSON Token Type 'Array'. Expected a JSON Object.",
        "''|Unexpected end when reading JSON.",
      })
  void requestThatIsNoneIsRefusedWithTheReason(String json, String reason) {
    assertThatThrownBy(() -> request(json))
        .isInstanceOf(HubProtocolException.class)
        .hasMessage(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "{",
        "{\"protocol\"",
        "{\"protocol\":\"a\",\"version\":1}{}",
        "{\"protocol\":\"a\",\"version\":1,}",
        "{\"protocol\":\"a\",\"version\":01}",
        "{\"protocol\":\"a\",/**/\"version\":1}"
      })
  void textThatIsNoJsonObjectIsRefused(String json) {
    assertThatThrownBy(() -> request(json)).isInstanceOf(HubProtocolException.class);
  }

  @Test
  void nestingWithoutEndIsRefused() {
    String head = "{\"protocol\":\"json\",\"version\":1,\"x\":";
    assertThat(request(head + "[".repeat(60) + "]".repeat(60) + "}").version()).isEqualTo(1);
    for (String deep : List.of("[".repeat(70) + "]".repeat(70) + "}", "[".repeat(100_000))) {
      assertThatThrownBy(() -> request(head + deep)).isInstanceOf(HubProtocolException.class);
    }
  }

  @Test
  void responseIsReadWithAndWithoutError() {
    assertThat(response("{}")).isEqualTo(HandshakeResponse.OK);
    assertThat(response("{\"minorVersion\":0,\"error\":\"no\"}").error()).isEqualTo("no");
  }

  @Test
  void hubMessageInPlaceOfTheResponseIsRefused() {
    assertThatThrownBy(() -> response("{\"type\":6}"))
        .isInstanceOf(HubProtocolException.class)
        .hasMessage("Expected a handshake response from the server.");
  }

  @Test
  void errorTextsEqualTheOriginals() {
    assertThat(HandshakeProtocol.unsupportedProtocol("X"))
        .isEqualTo("The protocol 'X' is not supported.");
    assertThat(HandshakeProtocol.unsupportedVersion(99, "json"))
        .isEqualTo("The server does not support version 99 of the 'json' protocol.");
  }

  private static HandshakeRequest request(String json) {
    return HandshakeProtocol.parseRequest(record(json));
  }

  private static HandshakeResponse response(String json) {
    return HandshakeProtocol.parseResponse(record(json));
  }

  private static ByteBuffer record(String json) {
    return ByteBuffer.wrap((json + "\u001e").getBytes(UTF_8));
  }
}
