package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubbub.protocol.AckMessage;
import io.hubbub.protocol.CancelInvocationMessage;
import io.hubbub.protocol.CloseMessage;
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
import io.hubbub.protocol.PingMessage;
import io.hubbub.protocol.RawResult;
import io.hubbub.protocol.SequenceMessage;
import io.hubbub.protocol.StreamBindingFailure;
import io.hubbub.protocol.StreamInvocationMessage;
import io.hubbub.protocol.StreamItemMessage;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Type;
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
  private static final Map<String, String> HEADERS = Map.of("trace", "héllo");

  /** The protocol under test. */
  protected abstract HubProtocol protocol();

  /** An object with members of several kinds. */
  public record Order(String id, List<Integer> counts, Map<String, Double> totals) {}

  static Stream<HubMessage> messages() {
    return Stream.of(
        InvocationMessage.of(null, "method", "text"),
        InvocationMessage.of("7", "method"),
        InvocationMessage.of(
            "7", "méthode 안녕", "\u0000\u001e\"\\/\u2028 😀", null, 1, 2L, 2.5, true),
        new InvocationMessage("7", "m", new Object[] {"x"}, List.of("s1", "s2"), HEADERS),
        new StreamInvocationMessage("8", "m", new Object[] {}, List.of(), Map.of()),
        new StreamInvocationMessage("8", "m", new Object[] {-1}, List.of("s"), HEADERS),
        StreamItemMessage.of("8", "item"),
        new StreamItemMessage("8", null, HEADERS),
        CompletionMessage.result("7", Integer.MIN_VALUE),
        CompletionMessage.result("7", Long.MAX_VALUE),
        CompletionMessage.result("7", "x".repeat(70_000)),
        CompletionMessage.result("7", new Order("é", List.of(1, 2), Map.of("a", 0.1))),
        CompletionMessage.result("7", null),
        CompletionMessage.empty("7"),
        CompletionMessage.error("7", "wrong \"thing\""),
        new CompletionMessage("7", "wrong", null, false, HEADERS),
        CancelInvocationMessage.of("8"),
        new CancelInvocationMessage("8", HEADERS),
        PingMessage.INSTANCE,
        new CloseMessage(null, false),
        new CloseMessage("why", true),
        new AckMessage(1),
        new SequenceMessage(Long.MAX_VALUE));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void messageIsReadAsItWasWritten(HubMessage message) {
    byte[] frame = protocol().encode(message);
    assertThat(parse(frame, new TypesOf(message))).usingRecursiveComparison().isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void messageInADirectBufferIsReadAsWell(HubMessage message) {
    byte[] frame = protocol().encode(message);
    ByteBuffer direct = ByteBuffer.allocateDirect(frame.length + 8).position(4);
    direct.put(frame).flip().position(4);
    HubMessage read = protocol().parse(direct, new TypesOf(message));
    assertThat(read).usingRecursiveComparison().isEqualTo(message);
    assertThat(direct.hasRemaining()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void whatWasReadDoesNotChangeWithTheFrame(HubMessage message) {
    byte[] frame = protocol().encode(message);
    HubMessage read = parse(frame, new TypesOf(message));
    Arrays.fill(frame, (byte) 0xFF);
    assertThat(read).usingRecursiveComparison().isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void cutOrLengthenedFrameIsNoMessage(HubMessage message) {
    byte[] frame = protocol().encode(message);
    InvocationBinder binder = new TypesOf(message);
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
    assertThat(parse(frame, new Types(null)))
        .isEqualTo(new InvocationBindingFailure("7", "m", false, true, "Method does not exist."));
  }

  @Test
  void wrongNumberOfArgumentsFailsThatCallOnly() {
    byte[] frame = protocol().encode(InvocationMessage.of("7", "m", "x"));
    assertThat(parse(frame, new Types(List.of(String.class, String.class))))
        .isEqualTo(
            new InvocationBindingFailure(
                "7", "m", false, false, "Invocation provides 1 argument(s) but target expects 2."));
  }

  @Test
  void wrongTypeOfArgumentFailsThatCallOnly() {
    byte[] frame =
        protocol()
            .encode(new StreamInvocationMessage("7", "m", new Object[] {"x"}, List.of(), Map.of()));
    assertThat(parse(frame, new Types(List.of(int.class))))
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
    for (Types types : List.of(new Types(null), new Types(List.of(int.class)))) {
      assertThat(parse(frame, types))
          .isInstanceOfSatisfying(
              StreamBindingFailure.class,
              failure -> assertThat(failure.invocationId()).isEqualTo("8"));
    }
  }

  @Test
  void wrongResultBecomesAnErrorAndAnUnawaitedOneIsSkipped() {
    byte[] frame = protocol().encode(CompletionMessage.result("7", "x"));
    assertThat(parse(frame, new Types(List.of(int.class))))
        .isInstanceOfSatisfying(
            CompletionMessage.class,
            completion ->
                assertThat(completion.error())
                    .startsWith("Error trying to deserialize result to int."));
    assertThat(parse(frame, new Types(null))).isEqualTo(CompletionMessage.result("7", null));
  }

  @Test
  void rawResultPassesByteForByte() {
    byte[] frame =
        protocol().encode(CompletionMessage.result("7", new Order("é", List.of(1), Map.of())));
    assertThat(parse(frame, new Types(List.of(RawResult.class))))
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
    for (Object value : List.of(endless, new Unwritable())) {
      assertThatThrownBy(() -> protocol().encode(StreamItemMessage.of("8", value)))
          .isInstanceOf(HubEncodingException.class);
    }
    byte[] frame = protocol().encode(StreamItemMessage.of("8", "x"));
    assertThat(parse(frame, new Types(List.of(String.class))))
        .isEqualTo(StreamItemMessage.of("8", "x"));
  }

  @Test
  void halfACharacterIsReplaced() {
    byte[] frame = protocol().encode(StreamItemMessage.of("8", "a\uD83Db"));
    assertThat(parse(frame, new Types(List.of(String.class))))
        .isEqualTo(StreamItemMessage.of("8", "a\uFFFDb"));
  }

  @Test
  void garbageIsRefused() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      byte[] garbage = new byte[random.nextInt(40)];
      random.nextBytes(garbage);
      try {
        parse(garbage, new Types(List.of(Object.class)));
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

  /** Its only member cannot be read. */
  public static final class Unwritable {
    /** Fails always. */
    public String getText() {
      throw new IllegalStateException("on purpose");
    }
  }

  /** Everything is of these types; null: nothing is known. */
  private record Types(@Nullable List<Type> types) implements InvocationBinder {
    @Override
    public @Nullable List<Type> parameterTypes(String target) {
      return types;
    }

    @Override
    public @Nullable Type resultType(String invocationId) {
      return types == null ? null : types.get(0);
    }

    @Override
    public @Nullable Type itemType(String streamId) {
      return resultType(streamId);
    }
  }

  /** The types of what a message carries. */
  private record TypesOf(HubMessage message) implements InvocationBinder {
    @Override
    public List<Type> parameterTypes(String target) {
      @Nullable Object[] arguments =
          message instanceof InvocationMessage call
              ? call.arguments()
              : ((StreamInvocationMessage) message).arguments();
      return Arrays.stream(arguments).map(TypesOf::typeOf).toList();
    }

    @Override
    public Type resultType(String invocationId) {
      return typeOf(((CompletionMessage) message).result());
    }

    @Override
    public Type itemType(String streamId) {
      return typeOf(((StreamItemMessage) message).item());
    }

    private static Type typeOf(@Nullable Object value) {
      return value == null ? Object.class : value.getClass();
    }
  }
}
