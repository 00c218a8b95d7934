package io.hubbub.testkit;

import io.hubbub.protocol.AckMessage;
import io.hubbub.protocol.CancelInvocationMessage;
import io.hubbub.protocol.CloseMessage;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.InvocationBinder;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.PingMessage;
import io.hubbub.protocol.SequenceMessage;
import io.hubbub.protocol.StreamInvocationMessage;
import io.hubbub.protocol.StreamItemMessage;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Messages of every kind, and binders that know their types, for {@link HubProtocolContract}.
 *
 * <p>Threads: any.
 */
final class ProtocolSamples {
  private static final Map<String, String> HEADERS = Map.of("trace", "héllo");

  private ProtocolSamples() {}

  /** An object with members of several kinds. */
  record Order(String id, List<Integer> counts, Map<String, Double> totals) {}

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

  /** Its only member cannot be read. */
  static final class Unwritable {
    /** Fails always. */
    public String getText() {
      throw new IllegalStateException("on purpose");
    }
  }

  /** Everything is of these types; null: nothing is known. */
  record Types(@Nullable List<Type> types) implements InvocationBinder {
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
  record TypesOf(HubMessage message) implements InvocationBinder {
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
