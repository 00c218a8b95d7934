package io.hubbub.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.protocol.Payload;
import io.hubbub.protocol.TransferFormat;
import io.hubbub.spi.ConnectionReceiver.ConnectionEnd;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSentEventsTest {
  private final HttpFixture fixture = HttpFixture.start();
  private final String path = fixture.connect();

  @Test
  void streamOpensWithAComment() {
    FakeExchange opened = fixture.eventStream(path);

    assertThat(opened.stream.head.status()).isEqualTo(200);
    assertThat(opened.answered("Content-Type")).hasValue("text/event-stream");
    assertThat(opened.answered("Cache-Control")).hasValue("no-cache,no-store");
    assertThat(opened.answered("Pragma")).hasValue("no-cache");
    assertThat(opened.answered("Content-Encoding")).hasValue("identity");
    assertThat(opened.stream.text).hasToString(":\r\n");
  }

  @Test
  void everyPayloadIsAnEvent() {
    FakeStream stream = fixture.eventStream(path).stream;

    fixture.hub.client().send("one\u001etwo\u001e");
    fixture.hub.client().send("three\u001e");

    assertThat(stream.text)
        .hasToString(":\r\ndata: one\u001etwo\u001e\r\n\r\ndata: three\u001e\r\n\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a\\nb|data: a\\r\\ndata: b\\r\\n\\r\\n",
        "a\\r\\nb|data: a\\r\\ndata: b\\r\\n\\r\\n",
        "a\\n|data: a\\r\\ndata: \\r\\n\\r\\n",
        "\\n|data: \\r\\ndata: \\r\\n\\r\\n",
        "a\\rb|data: a\\rb\\r\\n\\r\\n"
      })
  void linesOfAPayloadAreLinesOfTheEvent(String payload, String event) {
    Payload made =
        Payload.of(
            payload.translateEscapes().getBytes(StandardCharsets.UTF_8), TransferFormat.TEXT);

    assertThat(StandardCharsets.UTF_8.decode(EventFormat.event(made)).toString())
        .isEqualTo(event.translateEscapes());
  }

  @Test
  void onlyTextFits() {
    fixture.eventStream(path);

    assertThat(fixture.hub.client().connection.supports(TransferFormat.TEXT)).isTrue();
    assertThat(fixture.hub.client().connection.supports(TransferFormat.BINARY)).isFalse();
    assertThat(fixture.hub.client().connection.hasInherentKeepAlive()).isFalse();
  }

  @Test
  void acceptedTypeMayStandAmongOthers() {
    FakeExchange request =
        new FakeExchange("GET", path).header("Accept", "text/html, Text/Event-Stream;q=0.9");

    assertThat(fixture.send(request).stream).isNotNull();
  }

  @Test
  void similarTypesAreAPoll() {
    FakeExchange request = new FakeExchange("GET", path).header("Accept", "text/*, */*");

    assertThat(fixture.send(request).response.status()).isEqualTo(200);
  }

  @Test
  void clientThatGoesAwayEndsTheConnection() {
    FakeStream stream = fixture.eventStream(path).stream;

    stream.goAway();

    assertThat(fixture.hub.client().news).containsExactly("closed");
    assertThat(fixture.post(path, "x").response.status()).isEqualTo(404);
  }

  @Test
  void lastWordsComeBeforeTheEnd() {
    FakeStream stream = fixture.eventStream(path).stream;

    fixture.hub.client().end("bye", ConnectionEnd.GRACEFUL);

    assertThat(stream.text).hasToString(":\r\ndata: bye\r\n\r\n");
    assertThat(stream.ended).isTrue();
    assertThat(fixture.hub.client().news).containsExactly("closed");
  }

  @Test
  void clientThatDoesNotReadIsCut() {
    FakeStream stream = fixture.eventStream(path).stream;
    stream.reading = false;
    fixture.hub.client().send("never read");

    fixture.time.pass(Duration.ofSeconds(10));
    assertThat(stream.aborted).isFalse();
    fixture.time.pass(Duration.ofSeconds(3));

    assertThat(stream.aborted).isTrue();
    assertThat(fixture.hub.client().news)
        .hasSize(1)
        .first()
        .asString()
        .startsWith("closed: The client did not read");
  }

  @Test
  void quietStreamLives() {
    FakeStream stream = fixture.eventStream(path).stream;
    fixture.hub.client().send("read");

    fixture.time.pass(Duration.ofMinutes(10));

    assertThat(stream.aborted).isFalse();
    assertThat(fixture.hub.client().news).isEmpty();
  }

  @Test
  void hubCanEndItAtOnce() {
    FakeStream stream = fixture.eventStream(path).stream;

    fixture.hub.client().connection.abort(null);

    assertThat(stream.aborted).isTrue();
    assertThat(fixture.hub.client().news).containsExactly("closed");
  }
}
