package io.hubbub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.Hub;
import io.hubbub.Hubs;
import io.hubbub.protocol.CompletionMessage;
import io.hubbub.protocol.InvocationMessage;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatOverMemoryTest {
  private final Hubs hubs = Hubs.builder().hub("/chat", ChatHub.class).build();
  private final InMemoryTransport transport = InMemoryTransport.to(hubs, "/CHAT");

  @AfterEach
  void close() {
    hubs.close();
  }

  @Test
  void callIsAnsweredWithItsResult() {
    try (TestClient client = TestClient.connect(transport)) {
      assertThat(client.invoke("Echo", "안녕하세요")).isEqualTo(CompletionMessage.result("1", "안녕하세요"));
    }
  }

  @Test
  void broadcastReachesEverybodyAndComesBeforeTheCallersCompletion() {
    try (TestClient ann = TestClient.connect(transport);
        TestClient ben = TestClient.connect(transport)) {
      ann.handles("ReceiveMessage", String.class, String.class);
      ben.handles("ReceiveMessage", String.class, String.class);
      ann.call("sendMessage", "ann", "hello");
      InvocationMessage received = ann.receive(InvocationMessage.class);
      assertThat(received.arguments()).containsExactly("ann", "hello");
      assertThat(ann.receive()).isEqualTo(CompletionMessage.result("1", null));
      assertThat(ben.receive(InvocationMessage.class).arguments()).containsExactly("ann", "hello");
    }
  }

  @Test
  void groupIsJoinedBeforeTheOthersHearOfIt() {
    try (TestClient ann = TestClient.connect(transport);
        TestClient ben = TestClient.connect(transport)) {
      ann.handles("Joined", String.class);
      ann.invoke("Join", "room");
      ben.invoke("Join", "room");
      assertThat(ann.receive(InvocationMessage.class).arguments())
          .containsExactly(ben.connectionId());
      assertThat(ben.waiting()).isZero();
    }
  }

  @Test
  void applicationSendsFromAnywhere() {
    try (TestClient ann = TestClient.connect(transport)) {
      ann.handles("News", int.class);
      ann.invoke("Echo", "ready");
      hubs.context(ChatHub.class).clients().all().send("News", 42);
      assertThat(ann.receive(InvocationMessage.class).arguments()).containsExactly(42);
    }
  }

  /** A hub as its author would write it. */
  public static final class ChatHub extends Hub {
    public String echo(String text) {
      return text;
    }

    public void sendMessage(String user, String text) {
      clients().all().send("ReceiveMessage", user, text);
    }

    public CompletionStage<Void> join(String group) {
      return groups()
          .add(context().connectionId(), group)
          .thenCompose(
              done -> clients().othersInGroup(group).send("Joined", context().connectionId()));
    }
  }
}
