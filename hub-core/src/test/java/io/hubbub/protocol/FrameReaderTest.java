package io.hubbub.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubbub.protocol.FrameReader.FrameTooLongException;
import io.hubbub.protocol.msgpack.MessagePackHubProtocol;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  private static final String TEXT = "one\u001etwo\u001e\u001ethree and more\u001e";
  private static final List<String> FRAMES = List.of("one", "two", "", "three and more");

  @Test
  void framesAreTheSameHoweverTheBytesArePieced() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      FrameReader reader = new FrameReader(15);
      List<String> found = new ArrayList<>();
      byte[] bytes = bytes(TEXT);
      for (int at = 0; at < bytes.length; ) {
        int length = Math.min(1 + random.nextInt(6), bytes.length - at);
        addLent(reader, Arrays.copyOfRange(bytes, at, at + length), found);
        at += length;
      }
      assertThat(found).isEqualTo(FRAMES);
      assertThat(reader.hasPartialFrame()).isFalse();
    }
  }

  @Test
  void whatIsRetainedSurvivesItsOwner() {
    FrameReader reader = new FrameReader(100);
    byte[] lent = bytes("one\u001etwo\u001e");
    reader.add(ByteBuffer.wrap(lent));
    assertThat(text(reader)).isEqualTo("one");
    reader.retain();
    Arrays.fill(lent, (byte) '#');
    assertThat(text(reader)).isEqualTo("two");
    assertThat(text(reader)).isNull();
  }

  @Test
  void frameOfExactlyTheLimitPasses() {
    FrameReader reader = new FrameReader(4);
    reader.add(ByteBuffer.wrap(bytes("abc\u001e")));
    assertThat(text(reader)).isEqualTo("abc");
  }

  @Test
  void frameBeyondTheLimitIsRefusedBeforeItsEndHasCome() {
    FrameReader reader = new FrameReader(4);
    reader.add(ByteBuffer.wrap(bytes("abc")));
    assertThat(text(reader)).isNull();
    reader.add(ByteBuffer.wrap(bytes("d")));
    assertThatThrownBy(() -> text(reader))
        .isInstanceOf(FrameTooLongException.class)
        .hasMessage(
            "The maximum message size of 4B was exceeded. The message size can be configured in"
                + " AddHubOptions.");
  }

  @Test
  void frameSplitAtEveryPlaceIsFoundOnce() {
    byte[] bytes = bytes(TEXT);
    for (int first = 0; first <= bytes.length; first++) {
      for (int second = first; second <= bytes.length; second++) {
        FrameReader reader = new FrameReader(15);
        List<String> found = new ArrayList<>();
        addLent(reader, Arrays.copyOfRange(bytes, 0, first), found);
        addLent(reader, Arrays.copyOfRange(bytes, first, second), found);
        addLent(reader, Arrays.copyOfRange(bytes, second, bytes.length), found);
        assertThat(found).isEqualTo(FRAMES);
      }
    }
  }

  @Test
  void everyByteIsSearchedOnceHoweverSmallThePieces() {
    SearchCounter counter = new SearchCounter();
    FrameReader reader = new FrameReader(Integer.MAX_VALUE);
    int length = 200_000;
    for (int i = 0; i < length; i++) {
      reader.add(ByteBuffer.wrap(new byte[] {'x'}));
      assertThat(reader.next(counter)).isNull();
    }
    assertThat(counter.searched).isEqualTo(length);
  }

  @Test
  void messageAnnouncedTooLongIsRefusedFromItsPrefix() {
    FrameReader reader = new FrameReader(1000);
    reader.add(ByteBuffer.wrap(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7}));
    assertThatThrownBy(() -> reader.next(MessagePackHubProtocol.create()))
        .isInstanceOf(FrameTooLongException.class);
  }

  /** Counts what it is asked to search. */
  private static final class SearchCounter implements Framing {
    long searched;

    @Override
    public int frameLength(ByteBuffer input, int scanned, int maxLength) {
      searched += input.remaining() - scanned;
      return TextRecords.INSTANCE.frameLength(input, scanned, maxLength);
    }
  }

  @Test
  void discardedPartIsNotJoinedWithWhatFollows() {
    FrameReader reader = new FrameReader(100);
    reader.add(ByteBuffer.wrap(bytes("ha")));
    assertThat(text(reader)).isNull();
    reader.discardPartialFrame();
    reader.add(ByteBuffer.wrap(bytes("lf\u001e")));
    assertThat(text(reader)).isEqualTo("lf");
  }

  private static void addLent(FrameReader reader, byte[] piece, List<String> found) {
    reader.add(ByteBuffer.wrap(piece));
    for (String frame = text(reader); frame != null; frame = text(reader)) {
      found.add(frame);
    }
    Arrays.fill(piece, (byte) '#');
  }

  private static String text(FrameReader reader) {
    ByteBuffer frame = reader.next(TextRecords.INSTANCE);
    if (frame == null) {
      return null;
    }
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return new String(bytes, 0, bytes.length - 1, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
