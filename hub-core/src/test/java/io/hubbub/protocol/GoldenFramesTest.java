package io.hubbub.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import io.hubbub.protocol.msgpack.PropertyNames;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** With the options for .NET clients we write what the original writes, byte for byte. */
class GoldenFramesTest {
  private static final HubProtocol JSON = JsonHubProtocol.builder().enumsAsNumbers(true).build();
  private static final HubProtocol MESSAGE_PACK =
      MessagePackHubProtocol.builder().propertyNames(PropertyNames.UPPER_CAMEL).build();

  enum Color {
    Red,
    Green,
    Blue
  }

  record Point(int x, int y, String label) {}

  static Stream<Arguments> messages() {
    return Stream.of(
        Arguments.of("string argument", InvocationMessage.of(null, "Receive", "hi")),
        Arguments.of(
            "argument of 300 characters", InvocationMessage.of(null, "Receive", "x".repeat(300))),
        Arguments.of(
            "argument that is not ASCII",
            InvocationMessage.of(null, "Receive", "héllo wörld €😀\0\u001e\"\\<")),
        Arguments.of(
            "call with an id", InvocationMessage.of("3YR3GWRIQE2PZ37lGM00Wg", "Answer", "throw")),
        Arguments.of(
            "completion with a string",
            CompletionMessage.result("JfB6GlOuMUWnGZOvuAe+DA", "answer to q")),
        Arguments.of(
            "completion with an error",
            CompletionMessage.error("3YR3GWRIQE2PZ37lGM00Wg", "Error: boom")),
        Arguments.of(
            "completion with null", CompletionMessage.result("ZCsNmkosPUCoUOoWNShtfw", null)),
        Arguments.of(
            "completion with an integer", CompletionMessage.result("BshCtv0Sq0ywzgrUZhR1BQ", 42)),
        Arguments.of(
            "completion with 300 characters",
            CompletionMessage.result("Kiu4lOY/GU6cd8Ish0l+HA", "x".repeat(300))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void messageIsWrittenByteForByte(String name, HubMessage message) {
    assertThat(JSON.encode(message)).isEqualTo(GoldenFrames.named(name).json());
    assertThat(MESSAGE_PACK.encode(message)).isEqualTo(GoldenFrames.named(name).messagePack());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void frameIsReadBack(String name, HubMessage message) {
    FixedBinder binder = FixedBinder.of(name.contains("integer") ? int.class : String.class);
    assertThat(JSON.parse(ByteBuffer.wrap(GoldenFrames.named(name).json()), binder))
        .usingRecursiveComparison()
        .isEqualTo(message);
    assertThat(MESSAGE_PACK.parse(ByteBuffer.wrap(GoldenFrames.named(name).messagePack()), binder))
        .usingRecursiveComparison()
        .isEqualTo(message);
  }

  @Test
  void everyShapeOfArgumentIsWrittenByteForByte() {
    GoldenFrames.Frame golden = GoldenFrames.named("every shape of argument");
    assertThat(JSON.encode(shapes('c'))).asString().isEqualTo(new String(golden.json()));
    // .NET writes a char as a number there; ours is a string on purpose.
    assertThat(MESSAGE_PACK.encode(shapes((int) 'c'))).isEqualTo(golden.messagePack());
  }

  @Test
  void everyShapeOfArgumentIsReadBack() {
    Type[] types = {
      int.class, int.class, double.class, boolean.class, Object.class, String.class, int[].class,
      Point.class, Color.class, byte[].class, Instant.class, UUID.class, char.class, float.class,
      long.class, BigDecimal.class
    };
    GoldenFrames.Frame golden = GoldenFrames.named("every shape of argument");
    assertThat(JSON.parse(ByteBuffer.wrap(golden.json()), FixedBinder.of(types)))
        .usingRecursiveComparison()
        .isEqualTo(shapes('c'));
    assertThat(MESSAGE_PACK.parse(ByteBuffer.wrap(golden.messagePack()), FixedBinder.of(types)))
        .usingRecursiveComparison()
        .isEqualTo(shapes('c'));
  }

  private static InvocationMessage shapes(Object character) {
    return InvocationMessage.of(
        null,
        "Shapes",
        1,
        -1,
        2.5,
        true,
        null,
        "é\u2028<>&'\"\\/+",
        new int[] {1, 2},
        new Point(1, 2, null),
        Color.Blue,
        new byte[] {1, 2, (byte) 255},
        Instant.parse("2024-02-29T12:30:15.123Z"),
        new UUID(0, 0),
        character,
        1.0f,
        123456789012345678L,
        new BigDecimal("79228162514264337593543950335"));
  }
}
