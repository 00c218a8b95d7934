package io.hubbub.testkit.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Ways to damage an input.
 *
 * <p>Threads: any.
 */
@FunctionalInterface
interface Mutator {
  /** Bits, bytes and runs of bytes, and pieces of other inputs. */
  Mutator BYTES = Mutator::damagedBytes;

  /** Lines that are dropped, doubled, moved, taken from other inputs, or damaged as bytes. */
  Mutator LINES = Mutator::damagedLines;

  /**
   * Damages an input.
   *
   * @param input stays as it is
   * @param corpus where other pieces come from
   */
  byte[] mutate(byte[] input, List<byte[]> corpus, Random random);

  private static byte[] damagedBytes(byte[] input, List<byte[]> corpus, Random random) {
    byte[] bytes = input.clone();
    for (int times = 1 + random.nextInt(4); times > 0; times--) {
      bytes = damagedOnce(bytes, corpus, random);
    }
    return bytes;
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
    byte[] interesting = {'[', '{', '"', '\\', '%', (byte) 0x91, (byte) 0x81, (byte) 0xDD, -1};
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

  private static byte[] damagedLines(byte[] input, List<byte[]> corpus, Random random) {
    List<String> lines = new ArrayList<>(lines(input));
    for (int times = 1 + random.nextInt(4); times > 0; times--) {
      damageLine(lines, corpus, random);
    }
    return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void damageLine(List<String> lines, List<byte[]> corpus, Random random) {
    List<String> others = lines(corpus.get(random.nextInt(corpus.size())));
    String other = others.get(random.nextInt(others.size()));
    int at = random.nextInt(lines.size());
    switch (random.nextInt(5)) {
      case 0 -> lines.set(at, other);
      case 1 -> lines.add(at, lines.get(at));
      case 2 -> lines.add(random.nextInt(lines.size()), lines.remove(at));
      case 3 -> lines.add(at, other);
      default -> lines.set(at, damagedLine(lines.get(at), corpus, random));
    }
  }

  private static String damagedLine(String line, List<byte[]> corpus, Random random) {
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    byte[] damaged = damagedBytes(bytes, corpus, random);
    return new String(damaged, StandardCharsets.ISO_8859_1).replace('\n', ' ');
  }

  /** The lines of a script; bytes that are no ASCII come through unharmed. */
  static List<String> lines(byte[] script) {
    return List.of(new String(script, StandardCharsets.ISO_8859_1).split("\n", -1));
  }
}
