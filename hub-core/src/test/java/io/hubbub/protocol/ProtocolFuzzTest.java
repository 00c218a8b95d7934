package io.hubbub.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hubbub.protocol.json.JsonHubProtocol;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/**
 * Damaged frames, for as many seconds as {@code -Dhubbub.fuzz.seconds} says for each protocol. A
 * parser may answer a message or refuse with a {@link HubProtocolException}; it may neither throw
 * anything else nor allocate out of proportion, and what it accepts another parser must accept.
 */
class ProtocolFuzzTest {
  private static final double SECONDS =
      Double.parseDouble(System.getProperty("hubbub.fuzz.seconds", "1"));
  private static final long SEED = Long.getLong("hubbub.fuzz.seed", 20_250_101L);

  /** Enough for Jackson's buffers and the strings of a frame, not for a length that lies. */
  private static final long MOST_BYTES = 200_000;

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final JsonMapper JACKSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final FixedBinder[] BINDERS =
      Stream.<Type>of(
              String.class,
              int.class,
              Double.class,
              Object.class,
              Point.class,
              byte[].class,
              java.time.Instant.class,
              RawResult.class)
          .map(FixedBinder::of)
          .toArray(FixedBinder[]::new);

  record Point(int x, int y, String label, Map<String, Object> more) {}

  /** Accepts what another parser of the same format accepts. */
  @FunctionalInterface
  private interface Witness {
    boolean accepts(byte[] frame, @Nullable HubMessage message) throws IOException;
  }

  @Test
  void damagedJsonIsReadAsJacksonReadsItOrRefused() {
    fuzz(JsonHubProtocol.create(), ProtocolFuzzTest::isJson);
  }

  @Test
  void damagedMessagePackIsReadAsItsReferenceReadsItOrRefused() {
    fuzz(MessagePackHubProtocol.create(), ProtocolFuzzTest::isMessagePack);
  }

  private static void fuzz(HubProtocol protocol, Witness witness) {
    Random random = new Random(SEED);
    List<byte[]> corpus = corpus(protocol);
    corpus.forEach(frame -> check(protocol, frame, witness, random));
    long end = System.nanoTime() + (long) (SECONDS * TimeUnit.SECONDS.toNanos(1));
    while (System.nanoTime() < end) {
      byte[] frame = corpus.get(random.nextInt(corpus.size()));
      check(protocol, damaged(frame, corpus, random), witness, random);
    }
  }

  private static void check(HubProtocol protocol, byte[] frame, Witness witness, Random random) {
    FixedBinder binder = BINDERS[random.nextInt(BINDERS.length)];
    try {
      boolean accepted = isWitnessed(protocol, frame, binder, witness);
      if (allocated(protocol, frame, binder) > MOST_BYTES) {
        // The first time, classes may have been loaded.
        assertThat(allocated(protocol, frame, binder)).isLessThan(MOST_BYTES);
      }
      assertThat(accepted).as("another parser accepts").isTrue();
    } catch (IOException | RuntimeException | AssertionError | StackOverflowError e) {
      throw new AssertionError("seed " + SEED + ", " + binder + ", frame " + hex(frame), e);
    }
  }

  private static long allocated(HubProtocol protocol, byte[] frame, FixedBinder binder) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    parse(protocol, frame, binder);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private static void parse(HubProtocol protocol, byte[] frame, FixedBinder binder) {
    try {
      protocol.parse(ByteBuffer.wrap(frame), binder);
    } catch (HubProtocolException refused) {
      // How damage ends.
    }
  }

  private static boolean isWitnessed(
      HubProtocol protocol, byte[] frame, FixedBinder binder, Witness witness) throws IOException {
    HubMessage message;
    try {
      message = protocol.parse(ByteBuffer.wrap(frame), binder);
    } catch (HubProtocolException refused) {
      return true;
    }
    return witness.accepts(frame, message);
  }

  private static String hex(byte[] frame) {
    return HexFormat.of().formatHex(frame);
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

  private static List<byte[]> corpus(HubProtocol protocol) {
    List<byte[]> corpus = new ArrayList<>();
    GoldenFrames.all()
        .forEach(
            frame ->
                corpus.add(protocol.name().equals("json") ? frame.json() : frame.messagePack()));
    Object point = Map.of("x", 1, "label", "é\n", "more", Map.of("a", List.of(1.5, true)));
    Stream.of(
            new InvocationMessage("1", "m", new Object[] {point}, List.of("s"), Map.of("k", "v")),
            new StreamInvocationMessage("2", "m", new Object[] {"x"}, List.of(), Map.of()),
            StreamItemMessage.of("2", List.of(point, -7, 1e300)),
            CompletionMessage.error("1", "why"),
            CancelInvocationMessage.of("2"),
            PingMessage.INSTANCE,
            new CloseMessage("why", true),
            new AckMessage(7),
            new SequenceMessage(1L << 40))
        .map(protocol::encode)
        .forEach(corpus::add);
    return corpus;
  }

  private static byte[] damaged(byte[] frame, List<byte[]> corpus, Random random) {
    byte[] bytes = frame.clone();
    for (int times = 1 + random.nextInt(4); times > 0; times--) {
      bytes = damagedOnce(bytes, corpus, random);
    }
    return random.nextInt(4) == 0 ? bytes : reframed(bytes, frame);
  }

  private static byte[] damagedOnce(byte[] bytes, List<byte[]> corpus, Random random) {
    int at = random.nextInt(bytes.length + 1);
    int length = Math.min(1 + random.nextInt(8), bytes.length - at);
    byte[] other = corpus.get(random.nextInt(corpus.size()));
    int from = random.nextInt(other.length);
    return switch (random.nextInt(6)) {
      case 0 -> flipped(bytes, random);
      case 1 -> spliced(bytes, at, length, new byte[0]);
      case 2 -> spliced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
      case 3 -> spliced(bytes, at, length, Arrays.copyOfRange(other, from, other.length));
      case 4 -> spliced(bytes, at, 1, new byte[] {(byte) random.nextInt(256)});
      default -> spliced(bytes, at, 0, repeated(random));
    };
  }

  /** Deep nesting, or a length that lies. */
  private static byte[] repeated(Random random) {
    byte[] many = new byte[1 + random.nextInt(200)];
    byte[] interesting = {'[', '{', '"', '\\', (byte) 0x91, (byte) 0x81, (byte) 0xDD, (byte) 0xFF};
    Arrays.fill(many, interesting[random.nextInt(interesting.length)]);
    return many;
  }

  private static byte[] flipped(byte[] bytes, Random random) {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int at, int remove, byte[] insert) {
    int rest = Math.min(bytes.length, at + remove);
    ByteBuffer to = ByteBuffer.allocate(at + insert.length + bytes.length - rest);
    return to.put(bytes, 0, at).put(insert).put(bytes, rest, bytes.length - rest).array();
  }

  /** Mends the separator or the length, so that the damage inside is what a parser meets. */
  private static byte[] reframed(byte[] bytes, byte[] original) {
    if (original[0] == '{') {
      byte[] record = Arrays.copyOf(bytes, bytes.length + 1);
      record[bytes.length] = TextRecords.SEPARATOR;
      return record;
    }
    int body = Math.max(0, bytes.length - 1);
    byte[] framed = new byte[body + 2];
    framed[0] = (byte) (body & 0x7F | 0x80);
    framed[1] = (byte) (body >> 7 & 0x7F);
    System.arraycopy(bytes, bytes.length - body, framed, 2, body);
    return framed;
  }
}
