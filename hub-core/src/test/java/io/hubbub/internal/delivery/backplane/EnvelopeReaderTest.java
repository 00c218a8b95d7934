package io.hubbub.internal.delivery.backplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubbub.protocol.HubProtocolException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeReaderTest {
  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  @ParameterizedTest
  @CsvSource({"91 2A, 42", "91 CC B4, 180", "91 CD 01 80, 384", "91 CE 00 01 11 70, 70000"})
  void acksAreWrittenInTheirShortestForm(String bytes, int id) {
    assertThat(EnvelopeReader.ack(hex(bytes))).isEqualTo(id);
    assertThat(EnvelopeWriter.ack(id)).isEqualTo(hex(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        -1,
        -32,
        -33,
        -128,
        -129,
        -32768,
        -32769,
        Integer.MIN_VALUE,
        127,
        255,
        256,
        65535,
        65536,
        Integer.MAX_VALUE
      })
  void everyIdComesBack(int id) {
    assertThat(EnvelopeReader.ack(EnvelopeWriter.ack(id))).isEqualTo(id);
  }

  @Test
  void anInvocationOfUnknownProtocolsIsRead() {
    InvocationEnvelope read =
        EnvelopeReader.invocation(hex("92 90 82 A2 70 31 C4 01 2A A2 70 32 C4 01 2A"));

    assertThat(read.excluded()).isEmpty();
    assertThat(read.frames()).containsOnlyKeys("p1", "p2");
    assertThat(read.reply()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "93 90 80 A1 69", // a lone third item
        "94 90 80 C0 C0", // both nil
        "94 90 80 A1 69 C0", // only one of two
        "94 90 80 C0 A1 69",
        "92 90 80 FF FF", // bytes after the end
        "DC 00 02 DD 00 00 00 00 DE 00 00", // wide forms
      })
  void whatIsMoreThanNeededIsIgnored(String bytes) {
    assertThat(EnvelopeReader.invocation(hex(bytes)).reply()).isEmpty();
  }

  @Test
  void aCommandWithAWideIdAndMoreItemsIsRead() {
    assertThat(
            EnvelopeReader.groupCommand(
                hex("96 D3 00 00 00 00 00 00 00 2A A1 53 01 A1 47 A1 43 C0")))
        .isEqualTo(new GroupCommand(42, "S", GroupCommand.ADD, "G", "C"));
    assertThat(EnvelopeWriter.groupCommand(new GroupCommand(42, "S", GroupCommand.ADD, "G", "C")))
        .isEqualTo(hex("95 2A A1 53 01 A1 47 A1 43"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "C0",
        "91 90", // too few items
        "92 C0 80", // exclusions nil
        "92 91 C0 80", // an exclusion nil
        "92 90 81 A1 70 A1 70", // a frame as text
        "92 90 81 A1 70 C6 7F FF FF FF", // a frame of 2 GB
        "92 90 81 A1 70 C6 FF FF FF FF",
        "92 DD 7F FF FF FF 80", // two thousand million exclusions
        "92 90 DF FF FF FF FF",
        "94 90 80 01 01", // a reply that is no text
        "92 90 81 DB FF FF FF FF", // a name of 4 GB
      })
  void whatIsNoInvocationIsRefused(String bytes) {
    assertThatThrownBy(() -> EnvelopeReader.invocation(hex(bytes)))
        .isInstanceOf(HubProtocolException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "95 CF 00 00 00 01 00 00 00 00 A0 01 A0 A0",
        "95 CF FF FF FF FF FF FF FF FF A0 01 A0 A0",
        "94 01 A0 01 A0"
      })
  void aCommandBeyond32BitsOrTooShortIsRefused(String bytes) {
    assertThatThrownBy(() -> EnvelopeReader.groupCommand(hex(bytes)))
        .isInstanceOf(HubProtocolException.class);
  }

  @Test
  void anyBytesAreReadOrRefused() {
    Random random = new Random(7);
    byte[] good =
        EnvelopeWriter.invocation(
            new InvocationEnvelope(List.of("a", "b"), Map.of("json", new byte[300])));
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = good.clone();
      for (int i = 0; i < 4; i++) {
        bytes[random.nextInt(Math.min(bytes.length, 20))] = (byte) random.nextInt();
      }
      try {
        EnvelopeReader.invocation(bytes);
        EnvelopeReader.result(bytes);
        EnvelopeReader.groupCommand(bytes);
      } catch (HubProtocolException refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
  }
}
