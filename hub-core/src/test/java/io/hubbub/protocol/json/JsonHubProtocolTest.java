package io.hubbub.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubbub.protocol.FixedBinder;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.HubProtocolException;
import io.hubbub.protocol.InvocationBindingFailure;
import io.hubbub.protocol.InvocationMessage;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonHubProtocolTest {
  private final JsonHubProtocol protocol = JsonHubProtocol.create();

  @ParameterizedTest
  @CsvSource({
    "'{\"type\":1,\"target\":\"m\",\"arguments\":[\"x\"]}'",
    "'{\"arguments\":[\"x\"],\"target\":\"m\",\"type\":1}'",
    "' { \"arguments\" : [ \"x\" ] , \"foo\":{\"bar\":[1,2]}, \"target\" : \"m\" , \"type\":1}'",
    "'{\"\\u0074ype\":1,\"target\":\"m\",\"arguments\":[\"\\u0078\"]}'",
  })
  void membersMayComeInAnyOrderAndForm(String json) {
    InvocationMessage read = (InvocationMessage) parse(json, String.class);
    assertThat(read.target()).isEqualTo("m");
    assertThat(read.arguments()).containsExactly("x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"target\":\"m\",\"arguments\":[]}|Missing required property 'type'.",
        "{\"type\":1,\"arguments\":[]}|Missing required property 'target'.",
        "{\"type\":1,\"target\":\"m\"}|Missing required property 'arguments'.",
        "{\"type\":1,\"target\":null,\"arguments\":[]}|Expected 'target' to be of type String.",
        "{\"type\":1,\"target\":\"m\",\"arguments\":{}}|Expected 'arguments' to be of type Array.",
        "{\"type\":\"1\"}|Expected 'type' to be of type Number.",
        "{\"type\":2,\"item\":1}|Missing required property 'invocationId'.",
        "{\"type\":2,\"invocationId\":\"1\"}|Missing required property 'item'.",
        "{\"type\":3}|Missing required property 'invocationId'.",
        "{\"type\":3,\"invocationId\":\"1\",\"error\":\"e\",\"result\":1}|The 'error' and 'result'"
            + " properties are mutually exclusive.",
        "{\"type\":5}|Missing required property 'invocationId'.",
        "{\"type\":7,\"allowReconnect\":1}|Expected 'allowReconnect' to be true or false.",
        "{\"type\":8}|Missing required property 'sequenceId'.",
        "{\"type\":6}x|Error reading JSON.",
        "{\"type\":6,}|Error reading JSON.",
        "{\"type\":06}|Error reading JSON.",
        "{\"type\":6|Error reading JSON.",
        "{\"type\":1,\"target\":\"|Error reading JSON.",
        "{\"type\":1,\"target\":\"\\u12|Error reading JSON.",
        "''|Error reading JSON.",
        "[1]|Unexpected JSON Token Type 'Array'. Expected a JSON Object.",
        "{\"type\":1,\"target\":\"\\ud800\",\"arguments\":[]}|Expected whole surrogate pairs in the"
            + " message's own strings.",
        "hello|Error reading JSON.",
      })
  void brokenMessageIsRefusedWithTheOriginalsText(String json, String reason) {
    assertThatThrownBy(() -> parse(json, String.class))
        .isInstanceOf(HubProtocolException.class)
        .hasMessage(reason);
  }

  @ParameterizedTest
  @CsvSource({"1.0", "1e2", "'\"5\"'", "null", "true", "2147483648", "[]", "{}", "1.5"})
  void onlyWholeNumbersBindToInt(String json) {
    HubMessage read =
        parse("{\"type\":1,\"target\":\"m\",\"arguments\":[" + json + "]}", int.class);
    assertThat(read).isInstanceOf(InvocationBindingFailure.class);
  }

  @Test
  void negativeZeroBindsToInt() {
    InvocationMessage read =
        (InvocationMessage) parse("{\"type\":1,\"target\":\"m\",\"arguments\":[-0]}", int.class);
    assertThat(read.arguments()).containsExactly(0);
  }

  @ParameterizedTest
  @CsvSource({"'\"\\ud800\"'", "'\"\\ude00\\ud83d\"'", "'{\"a\":[\"x\",\"\\ud83dx\"]}'"})
  void halfASurrogatePairFailsThatCallOnly(String json) {
    for (Class<?> type : new Class<?>[] {String.class, Object.class}) {
      HubMessage read = parse("{\"type\":1,\"target\":\"m\",\"arguments\":[" + json + "]}", type);
      assertThat(read).isInstanceOf(InvocationBindingFailure.class);
    }
  }

  @Test
  void halfASurrogatePairInAnUnknownMemberDisturbsNobody() {
    InvocationMessage read =
        (InvocationMessage)
            parse(
                "{\"x\":\"\\ud800\",\"type\":1,\"target\":\"m\",\"arguments\":[\"\\ud83d\\ude00\"]}",
                String.class);
    assertThat(read.arguments()).containsExactly("😀");
  }

  @Test
  void nestingIsBoundedOverTheWholeMessage() {
    String head = "{\"type\":1,\"target\":\"m\",\"arguments\":[";
    assertThat(parse(head + "[".repeat(62) + "]".repeat(62) + "]}", Object.class))
        .isInstanceOf(InvocationMessage.class);
    assertThatThrownBy(() -> parse(head + "[".repeat(63) + "]".repeat(63) + "]}", Object.class))
        .isInstanceOf(HubProtocolException.class)
        .hasMessage("Error reading JSON.");
  }

  @Test
  void unknownTypeIsNoMessage() {
    assertThat(parse("{\"type\":99,\"new\":[]}", String.class)).isNull();
  }

  private HubMessage parse(String json, Type... types) {
    return protocol.parse(
        ByteBuffer.wrap((json + "\u001e").getBytes(UTF_8)), FixedBinder.of(types));
  }
}
