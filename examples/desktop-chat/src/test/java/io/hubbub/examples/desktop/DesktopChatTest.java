package io.hubbub.examples.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.client.HubConnection;
import io.hubbub.examples.chat.ChatServer.RunningChat;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DesktopChatTest {
  @BeforeAll
  static void needNoDisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  private static String conversation(ChatSession session) {
    CompletableFuture<String> text = new CompletableFuture<>();
    SwingUtilities.invokeLater(() -> text.complete(session.panel().conversation()));
    return text.join();
  }

  @Test
  void windowAndOthersReadEachOther() {
    try (RunningChat server = io.hubbub.examples.chat.ChatServer.start(0, 0);
        ChatSession window = session(server);
        HubConnection other = HubConnection.builder(hub(server)).build()) {
      CompletableFuture<String> heard = new CompletableFuture<>();
      other.on("ReceiveMessage", String.class, String.class, (user, text) -> heard.complete(text));
      other.start().join();
      window.connect("Ann").join();
      SwingUtilities.invokeLater(() -> window.panel().say("hello, browsers"));
      assertThat(heard.join()).isEqualTo("hello, browsers");
      // The hub sends to each as fast as it reads: the window may be later than the other.
      awaitConversation(window, "Ann: hello, browsers\n");
      other.send("SendMessage", "Bob", "hello, desktop").join();
      awaitConversation(window, "Ann: hello, browsers\nBob: hello, desktop\n");
    }
  }

  private static void awaitConversation(ChatSession window, String text) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(conversation(window)).isEqualTo(text));
  }

  private static URI hub(RunningChat server) {
    return URI.create("http://localhost:" + server.port() + "/chathub");
  }

  private static ChatSession session(RunningChat server) {
    CompletableFuture<ChatSession> made = new CompletableFuture<>();
    SwingUtilities.invokeLater(() -> made.complete(new ChatSession(hub(server), "Ann")));
    return made.join();
  }
}
