package io.hubbub.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameParserTest {
  private static final int FIN = Frames.FIN;

  private final FrameParser parser = new FrameParser();
  private final Heard heard = new Heard();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 64, 1 << 20})
  void framesGiveTheSameHoweverTheyAreCut(int piece) throws Exception {
    String longText = "long ".repeat(20_000);
    byte[] all =
        Frames.join(
            Frames.text("plain"),
            Frames.of(FrameParser.TEXT, bytes("in ")),
            Frames.of(FIN | FrameParser.PING, bytes("are you there")),
            Frames.of(FrameParser.CONTINUATION, bytes("three ")),
            Frames.of(FIN | FrameParser.CONTINUATION, bytes("pieces ü€😀")),
            Frames.text(""),
            Frames.of(FIN | FrameParser.PONG, new byte[0]),
            Frames.of(FIN | FrameParser.BINARY, new byte[] {(byte) 0xFF, 0}),
            Frames.text(longText),
            Frames.close(1001),
            Frames.text("behind the end"));
    feed(all, piece);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes(bytes("plain" + "in three pieces ü€😀"));
    expected.writeBytes(new byte[] {(byte) 0xFF, 0});
    expected.writeBytes(bytes(longText));
    assertThat(heard.data.toByteArray()).isEqualTo(expected.toByteArray());
    assertThat(heard.pings).containsExactly("are you there");
    assertThat(heard.closes).isEqualTo(1);
  }

  @Test
  void framesOfOneReadAreHandedOnInOnePiece() throws Exception {
    feed(Frames.join(Frames.text("a"), Frames.text("b"), Frames.text("c")), 1000);
    assertThat(heard.deliveries).isEqualTo(1);
  }

  @Test
  void sinkThatHasEnoughGetsNoMore() throws Exception {
    heard.enough = true;
    ByteBuf in =
        Unpooled.wrappedBuffer(
            Frames.join(
                Frames.text("first"),
                Frames.of(FIN | FrameParser.PING, bytes("p")),
                Frames.text("second")));
    parser.parse(in, new byte[64], heard);
    assertThat(heard.data.toString(StandardCharsets.UTF_8)).isEqualTo("first");
    assertThat(heard.pings).isEmpty();
    heard.enough = false;
    parser.parse(in, new byte[64], heard);
    assertThat(heard.data.toString(StandardCharsets.UTF_8)).isEqualTo("firstsecond");
    assertThat(heard.pings).containsExactly("p");
  }

  @Test
  void textThatIsNotUtf8IsInvalid() {
    byte[] wrong = Frames.of(FIN | FrameParser.TEXT, new byte[] {'a', (byte) 0xC3, 'b'});
    assertRefused(FrameParser.INVALID_TEXT, wrong);
  }

  @Test
  void textThatEndsInsideACharacterIsInvalid() {
    assertRefused(
        FrameParser.INVALID_TEXT,
        Frames.of(FrameParser.TEXT, new byte[] {(byte) 0xE2, (byte) 0x82}),
        Frames.of(FIN | FrameParser.CONTINUATION, new byte[0]));
  }

  @Test
  void binaryMessagesMayHoldAnything() throws Exception {
    feed(Frames.of(FIN | FrameParser.BINARY, new byte[] {(byte) 0xC3, 'b'}), 100);
    assertThat(heard.data.size()).isEqualTo(2);
  }

  @Test
  void brokenFramesAreProtocolErrors() {
    byte[] unmasked = Frames.text("x");
    unmasked[1] &= 0x7F;
    assertRefused(FrameParser.PROTOCOL_ERROR, unmasked);
    assertRefused(FrameParser.PROTOCOL_ERROR, Frames.of(FIN | 0x40 | FrameParser.TEXT, bytes("x")));
    assertRefused(FrameParser.PROTOCOL_ERROR, Frames.of(FIN | 3, bytes("x")));
    assertRefused(
        FrameParser.PROTOCOL_ERROR, Frames.of(FIN | FrameParser.CONTINUATION, bytes("x")));
    assertRefused(
        FrameParser.PROTOCOL_ERROR,
        Frames.of(FrameParser.TEXT, bytes("x")),
        Frames.of(FIN | FrameParser.TEXT, bytes("y")));
    assertRefused(FrameParser.PROTOCOL_ERROR, Frames.of(FrameParser.PING, bytes("x")));
    assertRefused(FrameParser.PROTOCOL_ERROR, Frames.of(FIN | FrameParser.PING, new byte[126]));
    assertRefused(FrameParser.PROTOCOL_ERROR, Frames.of(FIN | FrameParser.CLOSE, new byte[1]));
    assertRefused(FrameParser.PROTOCOL_ERROR, Frames.close(1005));
    assertRefused(FrameParser.PROTOCOL_ERROR, Frames.close(999));
  }

  @Test
  void impossibleLengthIsAProtocolError() {
    byte[] frame = new byte[14];
    frame[0] = (byte) (FIN | FrameParser.BINARY);
    frame[1] = (byte) 0xFF;
    frame[2] = (byte) 0x80;
    assertRefused(FrameParser.PROTOCOL_ERROR, frame);
  }

  private static void assertRefused(int code, byte[]... frames) {
    FrameParser fresh = new FrameParser();
    assertThatThrownBy(
            () ->
                fresh.parse(Unpooled.wrappedBuffer(Frames.join(frames)), new byte[64], new Heard()))
        .asInstanceOf(type(WebSocketViolation.class))
        .extracting(WebSocketViolation::closeCode)
        .isEqualTo(code);
  }

  private void feed(byte[] all, int piece) throws WebSocketViolation {
    ByteBuf in = Unpooled.buffer();
    byte[] room = new byte[1 << 10];
    for (int i = 0; i < all.length && heard.closes == 0; i += piece) {
      in.writeBytes(all, i, Math.min(piece, all.length - i));
      parser.parse(in, room, heard);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static final class Heard implements FrameParser.Sink {
    final ByteArrayOutputStream data = new ByteArrayOutputStream();
    final List<String> pings = new ArrayList<>();
    int deliveries;
    int closes;
    boolean enough;

    @Override
    public boolean onData(byte[] bytes, int length) {
      data.write(bytes, 0, length);
      deliveries++;
      return !enough;
    }

    @Override
    public void onPing(byte[] payload) {
      pings.add(new String(payload, StandardCharsets.UTF_8));
    }

    @Override
    public void onClose() {
      closes++;
    }
  }
}
