package io.hubbub.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
  @Test
  void everyThreeByteSequenceIsJudgedAsTheJdkJudgesIt() {
    byte[] bytes = new byte[3];
    for (int i = 0x80; i < 0x100; i++) {
      for (int j = 0; j < 0x100; j += 3) {
        for (int k = 0; k < 0x100; k += 5) {
          bytes[0] = (byte) i;
          bytes[1] = (byte) j;
          bytes[2] = (byte) k;
          assertThat(isText(bytes, 3)).as("%x %x %x", i, j, k).isEqualTo(isTextForJdk(bytes));
        }
      }
    }
  }

  @Test
  void fourByteSequencesAreJudgedAsTheJdkJudgesThemHoweverTheyAreCut() {
    Random random = new Random(20_260_730);
    byte[] bytes = new byte[4];
    for (int i = 0; i < 200_000; i++) {
      random.nextBytes(bytes);
      bytes[0] = (byte) (0xEE + random.nextInt(8));
      bytes[1] = (byte) (0x7C + random.nextInt(0x48));
      assertThat(isText(bytes, 1 + random.nextInt(3))).isEqualTo(isTextForJdk(bytes));
    }
  }

  private static boolean isText(byte[] bytes, int cut) {
    Utf8 utf8 = new Utf8();
    return utf8.accept(bytes, 0, cut) && utf8.accept(bytes, cut, bytes.length) && utf8.isComplete();
  }

  private static boolean isTextForJdk(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
