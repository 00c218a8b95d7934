package io.hubbub.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.examples.chat.ChatServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The chat example as its users see it: a real browser, every version of the official client. */
class ChatPagesInABrowserTest {
  @Test
  @Timeout(300)
  void peopleChatInTheBrowserWithEveryVersionOfTheClient() throws IOException {
    Path screenshots = Files.createDirectories(Path.of("target/screenshots").toAbsolutePath());
    try (ChatServer.RunningChat chat = ChatServer.start(0, 0)) {
      NodeScript.Ended outcome =
          NodeScript.run(
              "chat-pages.mjs",
              "--base",
              "http://localhost:" + chat.port(),
              "--elsewhere",
              "http://localhost:" + chat.elsewherePort(),
              "--screenshots",
              screenshots.toString());
      assertThat(outcome.output()).contains("20 passed, 0 failed");
      assertThat(outcome.exitCode()).isZero();
    }
  }
}
