package io.hubbub.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whoever reads the log, at any level, can neither use a connection nor be its user. */
class SecretsInLogsTest {
  private static final String ACCESS_TOKEN = "eyJhbGciOiJub25lIn0.c2VjcmV0.x";

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
  private final Level before = root.getLevel();
  private final HttpFixture fixture =
      HttpFixture.startWith(settings -> settings.bindConnectionsToUsers(false));

  @BeforeEach
  void listen() {
    root.setLevel(Level.TRACE);
    appender.start();
    root.addAppender(appender);
  }

  @AfterEach
  void stopListening() {
    root.detachAppender(appender);
    root.setLevel(before);
  }

  @Test
  void neitherConnectionTokensNorAccessTokensAreLogged() {
    String path = fixture.connect();
    String token = path.substring(path.indexOf('=') + 1);
    poll(path, "ann");
    poll(path, "ben");
    fixture.post(path, "x");
    fixture.hub.failsToOpen = true;
    fixture.webSocket("/hub?access_token=" + ACCESS_TOKEN);
    fixture.eventStream(fixture.connect() + "&access_token=" + ACCESS_TOKEN);
    fixture.send(
        new FakeExchange("GET", path + "&access_token=" + ACCESS_TOKEN)
            .upgrading()
            .header("Cookie", "a=b")
            .header("Origin", "https://bad.example"));
    fixture.delete(path);
    fixture.time.pass(Duration.ofMinutes(2));

    assertThat(appender.list).as("events").hasSizeGreaterThan(4);
    for (ILoggingEvent event : appender.list) {
      assertThat(text(event)).doesNotContain(token).doesNotContain(ACCESS_TOKEN);
    }
  }

  private void poll(String path, String user) {
    fixture.send(
        new FakeExchange("GET", path)
            .header("Authorization", "Bearer " + ACCESS_TOKEN)
            .as(HttpFixture.user(user)));
  }

  private static String text(ILoggingEvent event) {
    return event.getThrowableProxy() == null
        ? event.getFormattedMessage()
        : event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy());
  }
}
