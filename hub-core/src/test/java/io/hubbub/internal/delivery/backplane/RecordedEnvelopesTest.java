package io.hubbub.internal.delivery.backplane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubbub.internal.delivery.backplane.InvocationEnvelope.ReplyTo;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What .NET nodes were heard to publish: each is read, and written with the same bytes. */
class RecordedEnvelopesTest {
  private static List<JsonNode> vectors() throws IOException {
    try (InputStream file = RecordedEnvelopesTest.class.getResourceAsStream("redis-wire.json")) {
      return StreamSupport.stream(new ObjectMapper().readTree(file).spliterator(), false).toList();
    }
  }

  @Test
  void allRecordingsAreThere() throws IOException {
    assertThat(vectors()).hasSize(90);
  }

  @TestFactory
  Stream<DynamicTest> recordedEnvelopesAreReadAndWritten() throws IOException {
    return vectors().stream()
        .map(vector -> DynamicTest.dynamicTest(vector.get("name").asText(), () -> check(vector)));
  }

  private static void check(JsonNode vector) {
    byte[] bytes = HexFormat.of().parseHex(vector.get("hex").asText());
    JsonNode meaning = vector.get("meaning");
    String channel =
        vector.get("channel").asText().substring(vector.get("prefix").asText().length());
    byte[] written =
        switch (meaning.get("type").asText()) {
          case "Invocation" -> checkInvocation(bytes, meaning);
          case "GroupCommand" -> checkGroupCommand(bytes, meaning);
          case "Ack" -> checkAck(bytes, meaning);
          case "Completion" -> checkCompletion(bytes, meaning);
          default -> throw new AssertionError(meaning);
        };
    assertThat(HexFormat.of().formatHex(written)).isEqualTo(vector.get("hex").asText());
    assertThat(channel).satisfies(RecordedEnvelopesTest::isChannelOfOurs);
  }

  private static byte[] checkInvocation(byte[] bytes, JsonNode meaning) {
    List<String> excluded = new ArrayList<>();
    meaning.get("excludedConnectionIds").forEach(id -> excluded.add(id.asText()));
    Map<String, byte[]> frames = new LinkedHashMap<>();
    meaning
        .get("frames")
        .forEach(frame -> frames.put(frame.get("protocol").asText(), bytesOf(frame)));
    Optional<ReplyTo> reply =
        Optional.ofNullable(meaning.get("invocationId"))
            .map(id -> new ReplyTo(id.asText(), meaning.get("returnChannel").asText()));

    InvocationEnvelope read = EnvelopeReader.invocation(bytes);

    assertThat(read.excluded()).isEqualTo(excluded);
    assertThat(read.frames().keySet()).containsExactlyElementsOf(frames.keySet());
    frames.forEach((protocol, frame) -> assertThat(read.frames().get(protocol)).isEqualTo(frame));
    assertThat(read.reply()).isEqualTo(reply);
    return EnvelopeWriter.invocation(new InvocationEnvelope(excluded, frames, reply));
  }

  private static byte[] bytesOf(JsonNode frame) {
    return frame.has("text")
        ? frame.get("text").asText().getBytes(UTF_8)
        : HexFormat.of().parseHex(frame.get("hex").asText());
  }

  private static byte[] checkGroupCommand(byte[] bytes, JsonNode meaning) {
    GroupCommand command =
        new GroupCommand(
            meaning.get("id").asInt(),
            meaning.get("server").asText(),
            meaning.get("action").asText().equals("Add") ? GroupCommand.ADD : GroupCommand.REMOVE,
            meaning.get("group").asText(),
            meaning.get("connectionId").asText());
    assertThat(EnvelopeReader.groupCommand(bytes)).isEqualTo(command);
    return EnvelopeWriter.groupCommand(command);
  }

  private static byte[] checkAck(byte[] bytes, JsonNode meaning) {
    assertThat(EnvelopeReader.ack(bytes)).isEqualTo(meaning.get("id").asInt());
    return EnvelopeWriter.ack(meaning.get("id").asInt());
  }

  private static byte[] checkCompletion(byte[] bytes, JsonNode meaning) {
    JsonNode frame = meaning.get("frame");
    ResultEnvelope read = EnvelopeReader.result(bytes);
    assertThat(read.protocol()).isEqualTo(frame.get("protocol").asText());
    assertThat(read.frame()).isEqualTo(bytesOf(frame));
    return EnvelopeWriter.result(new ResultEnvelope(read.protocol(), bytesOf(frame)));
  }

  private static void isChannelOfOurs(String channel) {
    String[] parts = channel.split(":", 3);
    String name = parts.length == 3 ? parts[2].replaceFirst("^(ack|return):", "") : "";
    Channels channels = new Channels(parts[0], name);
    assertThat(
            List.of(
                channels.all(),
                channels.groupCommands(),
                channels.acks(),
                channels.results(),
                channels.connection(name),
                channels.group(name),
                channels.user(name)))
        .contains(channel);
  }
}
