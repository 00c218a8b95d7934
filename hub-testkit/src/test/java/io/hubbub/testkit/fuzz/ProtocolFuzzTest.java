package io.hubbub.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.HubProtocol;
import io.hubbub.protocol.HubProtocolException;
import io.hubbub.protocol.InvocationBinder;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.RawResult;
import io.hubbub.protocol.StreamInvocationMessage;
import io.hubbub.protocol.StreamItemMessage;
import io.hubbub.protocol.TextRecords;
import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/**
 * Damaged frames. A parser may answer a message or refuse with a {@link HubProtocolException}; it
 * may neither throw anything else nor allocate out of proportion, and what it accepts another
 * parser must accept.
 */
@Tag("fuzz")
class ProtocolFuzzTest {
  private static final JsonMapper JACKSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final List<Type> TYPES =
      List.of(
          String.class,
          int.class,
          Double.class,
          Object.class,
          Point.class,
          byte[].class,
          Instant.class,
          RawResult.class);

  record Point(int x, int y, @Nullable String label, @Nullable Map<String, Object> more) {}

  /** Accepts what another parser of the same format accepts. */
  @FunctionalInterface
  private interface Witness {
    boolean accepts(byte[] frame, @Nullable HubMessage message) throws IOException;
  }

  @Test
  void damagedJsonIsReadAsJacksonReadsItOrRefused() {
    JsonHubProtocol protocol = JsonHubProtocol.create();
    Fuzzer.of("json", reframing(ProtocolFuzzTest::record))
        .run(frame -> check(protocol, frame, ProtocolFuzzTest::isJson));
  }

  @Test
  void damagedMessagePackIsReadAsItsReferenceReadsItOrRefused() {
    MessagePackHubProtocol protocol = MessagePackHubProtocol.create();
    Fuzzer.of("messagepack", reframing(ProtocolFuzzTest::prefixed))
        .run(frame -> check(protocol, frame, ProtocolFuzzTest::isMessagePack));
  }

  private static void check(HubProtocol protocol, byte[] frame, Witness witness)
      throws IOException {
    for (Type type : TYPES) {
      Binder binder = new Binder(type);
      HubMessage message;
      try {
        message = protocol.parse(ByteBuffer.wrap(frame), binder);
      } catch (HubProtocolException refused) {
        continue;
      }
      assertThat(witness.accepts(frame, message)).as("another parser accepts").isTrue();
    }
    Binder any = new Binder(TYPES.get(Math.floorMod(Arrays.hashCode(frame), TYPES.size())));
    Allocation.isBounded(() -> parse(protocol, frame, any));
  }

  private static void parse(HubProtocol protocol, byte[] frame, Binder binder) {
    try {
      protocol.parse(ByteBuffer.wrap(frame), binder);
    } catch (HubProtocolException refused) {
      // How damage ends.
    }
  }

  private static boolean isJson(byte[] frame, @Nullable HubMessage message) throws IOException {
    return JACKSON.readTree(frame, 0, frame.length - 1).isObject();
  }

  private static boolean isMessagePack(byte[] frame, @Nullable HubMessage message)
      throws IOException {
    int prefix = 0;
    while (frame[prefix] < 0) {
      prefix++;
    }
    byte[] array = Arrays.copyOfRange(frame, prefix + 1, frame.length);
    try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(array)) {
      int elements = unpacker.unpackArrayHeader();
      int read = elementsRead(message);
      unpacker.skipValue(read);
      return elements >= read;
    }
  }

  /**
   * How many elements of its array a message needs at least; what is behind them is not looked at.
   */
  private static int elementsRead(@Nullable HubMessage message) {
    if (message instanceof InvocationMessage || message instanceof StreamInvocationMessage) {
      return 5;
    }
    if (message instanceof StreamItemMessage) {
      return 4;
    }
    if (message instanceof CompletionMessage) {
      return 3;
    }
    return 1;
  }

  /** Mends the frame most times, so that the damage inside is what a parser meets. */
  private static Mutator reframing(Framer framer) {
    return (seed, corpus, random) -> {
      byte[] damaged = Mutator.BYTES.mutate(seed, corpus, random);
      return random.nextInt(4) == 0 ? damaged : framer.frame(damaged);
    };
  }

  @FunctionalInterface
  private interface Framer {
    byte[] frame(byte[] damaged);
  }

  private static byte[] record(byte[] damaged) {
    byte[] record = Arrays.copyOf(damaged, damaged.length + 1);
    record[damaged.length] = TextRecords.SEPARATOR;
    return record;
  }

  private static byte[] prefixed(byte[] damaged) {
    int body = Math.max(0, damaged.length - 1);
    byte[] framed = new byte[body + 2];
    framed[0] = (byte) (body & 0x7F | 0x80);
    framed[1] = (byte) (body >> 7 & 0x7F);
    System.arraycopy(damaged, damaged.length - body, framed, 2, body);
    return framed;
  }

  /** Every argument, result and item is of one type. */
  private record Binder(Type type) implements InvocationBinder {
    @Override
    public @Nullable List<Type> parameterTypes(String target) {
      return target.equals("Unknown") ? null : List.of(type);
    }

    @Override
    public @Nullable Type resultType(String invocationId) {
      return invocationId.equals("unknown") ? null : type;
    }

    @Override
    public @Nullable Type itemType(String streamId) {
      return streamId.equals("unknown") ? null : type;
    }
  }
}
