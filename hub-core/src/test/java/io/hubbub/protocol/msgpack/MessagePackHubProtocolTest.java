package io.hubbub.protocol.msgpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubbub.protocol.CloseMessage;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.FixedBinder;
import io.hubbub.protocol.Framing;
import io.hubbub.protocol.HubEncodingException;
import io.hubbub.protocol.HubMessage;
import io.hubbub.protocol.HubProtocolException;
import io.hubbub.protocol.InvocationBindingFailure;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.protocol.PingMessage;
import io.hubbub.protocol.StreamBindingFailure;
import io.hubbub.protocol.StreamItemMessage;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagePackHubProtocolTest {
  private final MessagePackHubProtocol protocol = MessagePackHubProtocol.create();

  @ParameterizedTest
  @CsvSource({
    "90, Reading 'messageType' as Int32 failed.",
    "91a131, Reading 'messageType' as Int32 failed.",
    "91ceffffffff, Reading 'messageType' as Int32 failed.",
    "9101, Reading map length for 'headers' failed.",
    "960190c0a16d91a17890, Reading map length for 'headers' failed.",
    "960181a0a178c0a16d91a17890, Null or empty key in header.",
    "960181a161c0c0a16d91a17890, Null or empty value in header.",
    "9601810101c0a16d91a17890, Reading 'headers[0].Key' as String failed.",
    "96018001a16d91a17890, Reading 'invocationId' as String failed.",
    "960180c0c091a17890, Null or empty target for Invocation message.",
    "960180c0a091a17890, Null or empty target for Invocation message.",
    "960180c00191a17890, Reading 'target' as String failed.",
    "960180a131a16d91a178c0, Reading array length for 'streamIds' failed.",
    "960180a131a16d91a17891a0, Null or empty value in streamIds received.",
    "960480c0a16d91a17890, Null or empty invocation ID for StreamInvocation message.",
    "960480a131c091a17890, Null or empty target for StreamInvocation message.",
    "940280c001, Null or empty invocation ID for StreamItem message.",
    "940380a13109, Invalid invocation result kind.",
    "940380a131a131, Reading 'resultKind' as Int32 failed.",
    "940380c002, Null or empty invocation ID for Completion message.",
    "930580c0, Null or empty invocation ID for CancelInvocation message.",
    "920701, Reading 'error' as String failed.",
    "9307c001, Reading 'allowReconnect' as Boolean failed.",
    "9208c0, Reading 'sequenceId' as Int64 failed.",
    "9208cfffffffffffffffff, Reading 'sequenceId' as Int64 failed.",
  })
  void brokenMessageIsRefusedWithTheOriginalsText(String hex, String reason) {
    assertThatThrownBy(() -> parse(hex, String.class))
        .isInstanceOf(HubProtocolException.class)
        .hasMessage(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "81a16101",
        "c1",
        "91c1",
        "94dd7fffffff",
        "9601dfffffffff",
        "960180dbffffffff",
      })
  void damagedMessageIsRefused(String hex) {
    assertThatThrownBy(() -> parse(hex, Object.class)).isInstanceOf(HubProtocolException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "91c190",
        "91a5",
        "dd7fffffff",
        "91dfffffffff",
        "91c6ffffffff",
        "91dbffffffff",
        "91c9ffffffff01"
      })
  void damagedArgumentsFailThatCallOnly(String arguments) {
    assertThat(parse("960180a131a16d" + arguments, Object.class))
        .isInstanceOf(InvocationBindingFailure.class);
  }

  @Test
  void damagedItemAndResultFailOnlyWhatTheyAreFor() {
    assertThat(item("a5", String.class)).isInstanceOf(StreamBindingFailure.class);
    assertThat(parse("950380a13103a5", String.class))
        .isInstanceOfSatisfying(
            CompletionMessage.class, completion -> assertThat(completion.error()).isNotEmpty());
  }

  @Test
  void bytesBehindTheArrayAreIgnored() {
    assertThat(parse("9106c0")).isEqualTo(PingMessage.INSTANCE);
    assertThat(parse("950180a131a16d91a178c1c1", String.class))
        .usingRecursiveComparison()
        .isEqualTo(InvocationMessage.of("1", "m", "x"));
  }

  @ParameterizedTest
  @CsvSource({"500, 01", "500, 90", "500, 80"})
  void nestingOfFiveHundredLevelsIsReadAndWritten(int levels, String inside) {
    String payload = "91".repeat(levels) + inside;
    InvocationMessage call =
        (InvocationMessage) parse("960180a131a16d91" + payload + "90", Object.class);
    byte[] answer = protocol.encode(CompletionMessage.result("1", call.arguments()[0]));
    assertThat(HexFormat.of().formatHex(answer)).endsWith(payload);
    assertThat(item(payload, Object.class)).isInstanceOf(StreamItemMessage.class);
  }

  @ParameterizedTest
  @CsvSource({"501, 01", "502, 90", "100000, 01"})
  void deeperNestingFailsOnlyWhatItIsFor(int levels, String inside) {
    String payload = "91".repeat(levels) + inside;
    assertThat(parse("960180a131a16d91" + payload + "90", Object.class))
        .isInstanceOf(InvocationBindingFailure.class);
    assertThat(item(payload, Object.class)).isInstanceOf(StreamBindingFailure.class);
  }

  @Test
  void deeperNestingIsNotWritten() {
    Object deep = Map.of();
    for (int i = 0; i < 501; i++) {
      deep = List.of(deep);
    }
    CompletionMessage answer = CompletionMessage.result("1", deep);
    assertThatThrownBy(() -> protocol.encode(answer))
        .isInstanceOf(HubEncodingException.class)
        .hasStackTraceContaining("at most 501 levels");
  }

  /** Binding is recursive where the type is. */
  record Chain(Chain next) {}

  @Test
  void deepestNestingFitsIntoAThreadOfTheDefaultSize() throws Exception {
    String payload = "81a46e657874".repeat(500) + "c0";
    CompletableFuture<HubMessage> read = new CompletableFuture<>();
    Thread ordinary =
        new Thread(
            null,
            () -> {
              HubMessage item = item(payload, Chain.class);
              protocol.encode(item);
              read.complete(item);
            },
            "ordinary stack",
            1024 * 1024);
    ordinary.setUncaughtExceptionHandler((thread, failure) -> read.completeExceptionally(failure));
    ordinary.start();
    assertThat(read.get(30, TimeUnit.SECONDS)).isInstanceOf(StreamItemMessage.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"c0", "80", "a178", "01"})
  void argumentsThatAreNoArrayFailThatCallOnly(String arguments) {
    assertThat(parse("960180a131a16d" + arguments + "90", String.class))
        .isEqualTo(
            new InvocationBindingFailure(
                "1", "m", false, false, "Reading array length for 'arguments' failed."));
  }

  @Test
  void shorterAndLongerArraysOfOtherVersionsAreRead() {
    assertThat(parse("950180a131a16d91a178", String.class))
        .usingRecursiveComparison()
        .isEqualTo(InvocationMessage.of("1", "m", "x"));
    assertThat(parse("970180a0a16d91a17890c3", String.class))
        .usingRecursiveComparison()
        .isEqualTo(InvocationMessage.of(null, "m", "x"));
    assertThat(parse("9207c0", String.class)).isEqualTo(new CloseMessage(null, false));
    assertThat(parse("9163", String.class)).isNull();
  }

  @Test
  void keysThatAreNoStringsAreReadAsText() {
    assertThat(item("8301c0c3c0cfffffffffffffffffc0", Map.class))
        .isInstanceOfSatisfying(
            StreamItemMessage.class,
            item ->
                assertThat(((Map<?, ?>) item.item()).keySet())
                    .isEqualTo(java.util.Set.of("1", "true", "18446744073709551615")));
  }

  @Test
  void unknownExtensionIsReadAsItsBytesAndSkippedWhereNobodyReadsIt() {
    assertThat(item("d50507ff", Object.class))
        .isInstanceOfSatisfying(
            StreamItemMessage.class, item -> assertThat(item.item()).isEqualTo(new byte[] {7, -1}));
    record Named(String name) {}
    assertThat(item("82a178d40500a46e616d65a178", Named.class))
        .isEqualTo(StreamItemMessage.of("1", new Named("x")));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "127, 128", "128, 130", "16383, 16385", "16384, 16387"})
  void lengthIsReadFromItsPrefix(int length, int frame) {
    byte[] prefix = new byte[5];
    VarInt.write(length, prefix);
    assertThat(protocol.frameLength(ByteBuffer.wrap(prefix), 0, 1 << 20)).isEqualTo(frame);
    assertThat(frame - length).isEqualTo(VarInt.size(length));
  }

  @Test
  void prefixBeyondTwoGigabytesIsRefusedAndAnUnfinishedOneIsNot() {
    byte[] unfinished = {-1, -1, -1, -1};
    assertThat(protocol.frameLength(ByteBuffer.wrap(unfinished), 0, 10))
        .isEqualTo(Framing.INCOMPLETE);
    byte[] tooLong = {-1, -1, -1, -1, 8};
    assertThatThrownBy(() -> protocol.frameLength(ByteBuffer.wrap(tooLong), 0, 10))
        .isInstanceOf(HubProtocolException.class)
        .hasMessage("Messages over 2GB in size are not supported.");
  }

  private HubMessage item(String hex, Type type) {
    return parse("940280a131" + hex, type);
  }

  private HubMessage parse(String hex, Type... types) {
    byte[] message = HexFormat.of().parseHex(hex);
    byte[] prefix = new byte[VarInt.size(message.length)];
    VarInt.write(message.length, prefix);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(prefix);
    frame.writeBytes(message);
    return protocol.parse(ByteBuffer.wrap(frame.toByteArray()), FixedBinder.of(types));
  }
}
