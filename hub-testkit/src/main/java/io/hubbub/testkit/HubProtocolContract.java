package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.FrameReader;
import io.hubbub.protocol.FrameReader.FrameTooLongException;
import io.hubbub.protocol.HubEncodingException;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.HubProtocolException;
import io.hubbub.protocol.InvocationBinder;
import io.hubbub.protocol.InvocationBindingFailure;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.RawResult;
import io.hubbub.protocol.StreamBindingFailure;
import io.hubbub.protocol.StreamInvocationMessage;
import io.hubbub.protocol.StreamItemMessage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link HubProtocol} must hold. Extend it and name the protocol.
 *
 * <p>Threads: JUnit's.
 */
public abstract class HubProtocolContract {
  /** The protocol under test. */
  protected abstract HubProtocol protocol();

  static Stream<HubMessage> messages() {
    return ProtocolSamples.messages();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void messageIsReadAsItWasWritten(HubMessage message) {
    byte[] frame = protocol().encode(message);
    assertThat(parse(frame, new ProtocolSamples.TypesOf(message)))
        .usingRecursiveComparison()
        .isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void messageInADirectBufferIsReadAsWell(HubMessage message) {
    byte[] frame = protocol().encode(message);
    ByteBuffer direct = ByteBuffer.allocateDirect(frame.length + 8).position(4);
    direct.put(frame).flip().position(4);
    HubMessage read = protocol().parse(direct, new ProtocolSamples.TypesOf(message));
    assertThat(read).usingRecursiveComparison().isEqualTo(message);
    assertThat(direct.hasRemaining()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void whatWasReadDoesNotChangeWithTheFrame(HubMessage message) {
    byte[] frame = protocol().encode(message);
    HubMessage read = parse(frame, new ProtocolSamples.TypesOf(message));
    Arrays.fill(frame, (byte) 0xFF);
    assertThat(read).usingRecursiveComparison().isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void cutOrLengthenedFrameIsNoMessage(HubMessage message) {
    byte[] frame = protocol().encode(message);
    InvocationBinder binder = new ProtocolSamples.TypesOf(message);
    for (int length = 0; length < frame.length; length += 1 + frame.length / 500) {
      byte[] cut = Arrays.copyOf(frame, length);
      assertThatThrownBy(() -> parse(cut, binder)).isInstanceOf(HubProtocolException.class);
    }
    byte[] longer = Arrays.copyOf(frame, frame.length + 1);
    assertThatThrownBy(() -> parse(longer, binder)).isInstanceOf(HubProtocolException.class);
  }

  @Test
  void messagesAreFoundHoweverTheirBytesArePieced() {
    byte[] stream = encodedOneAfterAnother();
    Random random = new Random(5);
    for (int largest : new int[] {1, 3, 50, 100_000}) {
      FrameReader reader = new FrameReader(Integer.MAX_VALUE);
      List<byte[]> found = new ArrayList<>();
      for (int at = 0; at < stream.length; ) {
        int length = Math.min(1 + random.nextInt(largest), stream.length - at);
        reader.add(ByteBuffer.wrap(stream, at, length));
        takeFrames(reader, found);
        at += length;
      }
      assertThat(reader.hasPartialFrame()).isFalse();
      assertThat(found).containsExactlyElementsOf(messages().map(protocol()::encode).toList());
    }
  }

  @Test
  void frameBeyondTheLimitIsRefusedAndOneAtTheLimitIsNot() {
    byte[] frame = protocol().encode(InvocationMessage.of(null, "m", "x".repeat(500)));
    FrameReader wide = new FrameReader(frame.length);
    wide.add(ByteBuffer.wrap(frame));
    assertThat(wide.next(protocol())).isEqualTo(ByteBuffer.wrap(frame));
    FrameReader narrow = new FrameReader(frame.length - 1);
    narrow.add(ByteBuffer.wrap(frame, 0, frame.length - 1));
    assertThatThrownBy(() -> narrow.next(protocol())).isInstanceOf(FrameTooLongException.class);
  }

  @Test
  void unknownTargetFailsThatCallOnly() {
    byte[] frame = protocol().encode(InvocationMessage.of("7", "m", "x"));
    assertThat(parse(frame, new ProtocolSamples.Types(null)))
        .isEqualTo(new InvocationBindingFailure("7", "m", false, true, "Method does not exist."));
  }

  @Test
  void wrongNumberOfArgumentsFailsThatCallOnly() {
    byte[] frame = protocol().encode(InvocationMessage.of("7", "m", "x"));
    assertThat(parse(frame, new ProtocolSamples.Types(List.of(String.class, String.class))))
        .isEqualTo(
            new InvocationBindingFailure(
                "7", "m", false, false, "Invocation provides 1 argument(s) but target expects 2."));
  }

  @Test
  void wrongTypeOfArgumentFailsThatCallOnly() {
    byte[] frame =
        protocol()
            .encode(new StreamInvocationMessage("7", "m", new Object[] {"x"}, List.of(), Map.of()));
    assertThat(parse(frame, new ProtocolSamples.Types(List.of(int.class))))
        .isEqualTo(
            new InvocationBindingFailure(
                "7",
                "m",
                true,
                false,
                "Error binding arguments. Make sure that the types of the provided values match"
                    + " the types of the hub method being invoked."));
  }

  @Test
  void wrongItemAndUnknownStreamFailThatStreamOnly() {
    byte[] frame = protocol().encode(StreamItemMessage.of("8", "x"));
    for (ProtocolSamples.Types types :
        List.of(new ProtocolSamples.Types(null), new ProtocolSamples.Types(List.of(int.class)))) {
      assertThat(parse(frame, types))
          .isInstanceOfSatisfying(
              StreamBindingFailure.class,
              failure -> assertThat(failure.invocationId()).isEqualTo("8"));
    }
  }

  @Test
  void wrongResultBecomesAnErrorAndAnUnawaitedOneIsSkipped() {
    byte[] frame = protocol().encode(CompletionMessage.result("7", "x"));
    assertThat(parse(frame, new ProtocolSamples.Types(List.of(int.class))))
        .isInstanceOfSatisfying(
            CompletionMessage.class,
            completion ->
                assertThat(completion.error())
                    .startsWith("Error trying to deserialize result to int."));
    assertThat(parse(frame, new ProtocolSamples.Types(null)))
        .isEqualTo(CompletionMessage.result("7", null));
  }

  @Test
  void rawResultPassesByteForByte() {
    byte[] frame =
        protocol()
            .encode(
                CompletionMessage.result(
                    "7", new ProtocolSamples.Order("é", List.of(1), Map.of())));
    assertThat(parse(frame, new ProtocolSamples.Types(List.of(RawResult.class))))
        .isInstanceOfSatisfying(
            CompletionMessage.class,
            read -> {
              assertThat(read.result()).isInstanceOf(RawResult.class);
              assertThat(protocol().encode(read)).isEqualTo(frame);
            });
  }

  @Test
  void valueThatCannotBeWrittenFailsItsSenderAndNothingElse() {
    List<Object> endless = new ArrayList<>();
    endless.add(endless);
    for (Object value : List.of(endless, new ProtocolSamples.Unwritable())) {
      assertThatThrownBy(() -> protocol().encode(StreamItemMessage.of("8", value)))
          .isInstanceOf(HubEncodingException.class);
    }
    byte[] frame = protocol().encode(StreamItemMessage.of("8", "x"));
    assertThat(parse(frame, new ProtocolSamples.Types(List.of(String.class))))
        .isEqualTo(StreamItemMessage.of("8", "x"));
  }

  @Test
  void halfACharacterIsReplaced() {
    byte[] frame = protocol().encode(StreamItemMessage.of("8", "a\uD83Db"));
    assertThat(parse(frame, new ProtocolSamples.Types(List.of(String.class))))
        .isEqualTo(StreamItemMessage.of("8", "a\uFFFDb"));
  }

  @Test
  void garbageIsRefused() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      byte[] garbage = new byte[random.nextInt(40)];
      random.nextBytes(garbage);
      try {
        parse(garbage, new ProtocolSamples.Types(List.of(Object.class)));
      } catch (HubProtocolException expected) {
        assertThat(expected).hasMessageMatching("(?s).+");
      }
    }
  }

  private byte[] encodedOneAfterAnother() {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    messages().map(protocol()::encode).forEach(stream::writeBytes);
    return stream.toByteArray();
  }

  private void takeFrames(FrameReader reader, List<byte[]> found) {
    for (ByteBuffer frame = reader.next(protocol());
        frame != null;
        frame = reader.next(protocol())) {
      byte[] bytes = new byte[frame.remaining()];
      frame.get(bytes);
      found.add(bytes);
    }
  }

  private @Nullable HubMessage parse(byte[] frame, InvocationBinder binder) {
    return protocol().parse(ByteBuffer.wrap(frame), binder);
  }
}
