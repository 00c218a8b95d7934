package io.hubbub.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Frames that the original wrote, by name, in both protocols. */
public final class GoldenFrames {
  private static final Map<String, Frame> FRAMES = read();

  /** One message in both protocols. */
  public record Frame(byte[] json, byte[] messagePack) {}

  private GoldenFrames() {}

  /** The frame of that name. */
  public static Frame named(String name) {
    Frame frame = FRAMES.get(name);
    if (frame == null) {
      throw new IllegalArgumentException("No golden frame is named " + name);
    }
    return frame;
  }

  /** All frames. */
  public static List<Frame> all() {
    return List.copyOf(FRAMES.values());
  }

  private static Map<String, Frame> read() {
    try (InputStream in = GoldenFrames.class.getResourceAsStream("golden-frames.txt")) {
      Map<String, Frame> frames = new LinkedHashMap<>();
      for (String block : new String(in.readAllBytes(), UTF_8).split("\n\n")) {
        String[] lines = block.strip().split("\n");
        if (!lines[0].startsWith("#")) {
          byte[] json = (lines[1] + "\u001e").getBytes(UTF_8);
          frames.put(lines[0], new Frame(json, HexFormat.of().parseHex(lines[2])));
        }
      }
      return frames;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
