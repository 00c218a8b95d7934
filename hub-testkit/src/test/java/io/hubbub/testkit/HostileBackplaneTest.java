package io.hubbub.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubbub.Hub;
import io.hubbub.Hubs;
import io.hubbub.protocol.InvocationMessage;
import io.hubbub.spi.Backplane;
import io.hubbub.spi.BackplaneListener;
import io.hubbub.spi.HubEvents;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What others put on the backplane: garbage, and messages of other hubs. */
class HostileBackplaneTest {
  private static final String CHANNEL = News.class.getName();

  private final InMemoryBackplane.Exchange exchange = new InMemoryBackplane.Exchange();
  private final List<String> rejected = new CopyOnWriteArrayList<>();
  private final Hubs here = hubs();
  private final Hubs there = hubs();
  private final Backplane stranger = exchange.node();

  private Hubs hubs() {
    return Hubs.builder()
        .backplane(exchange.node())
        .events(new Rejections())
        .hub("/news", News.class)
        .hub("/gossip", Gossip.class)
        .build();
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
    stranger.close();
    exchange.close();
  }

  @Test
  void garbageIsSkippedAndTheNextMessageArrives() {
    await(stranger.start(new Deaf()));
    try (TestClient client = connect(here, "/news", "ann")) {
      for (String channel : List.of(":all", ":group:g", ":user:ann", ":internal:groups")) {
        for (byte[] garbage :
            List.of(new byte[0], new byte[] {-63}, "no envelope".getBytes(UTF_8))) {
          await(stranger.publish(CHANNEL + channel, garbage));
        }
      }
      await(there.context(News.class).clients().all().send("Said", "to all"));
      await(there.context(News.class).clients().group("g").send("Said", "to the group"));
      await(there.context(News.class).clients().user("ann").send("Said", "to ann"));
      assertThat(List.of(said(client), said(client), said(client)))
          .containsExactlyInAnyOrder("to all", "to the group", "to ann");
      assertThat(rejected).contains(CHANNEL + ":all", CHANNEL + ":group:g", CHANNEL + ":user:ann");
    }
  }

  @Test
  void messagesOfOneHubReachNoOther() {
    try (TestClient news = connect(here, "/news", "ann");
        TestClient gossip = connect(here, "/gossip", "ann")) {
      for (Hubs node : List.of(here, there)) {
        await(node.context(Gossip.class).clients().all().send("Said", "gossip"));
        await(node.context(Gossip.class).clients().group("g").send("Said", "gossip"));
        await(node.context(Gossip.class).clients().user("ann").send("Said", "gossip"));
      }
      await(there.context(News.class).clients().group(CHANNEL + ":all").send("Said", "nobody"));
      await(there.context(News.class).clients().all().send("Said", "news"));
      for (int i = 0; i < 6; i++) {
        assertThat(said(gossip)).isEqualTo("gossip");
      }
      assertThat(said(news)).isEqualTo("news");
    }
  }

  private static TestClient connect(Hubs hubs, String path, String user) {
    TestClient client = TestClient.connect(InMemoryTransport.to(hubs, path).user(user));
    client.handles("Said", String.class).invoke("Join");
    return client;
  }

  private static Object said(TestClient client) {
    return client.receive(InvocationMessage.class).arguments()[0];
  }

  private static void await(CompletionStage<?> stage) {
    stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** A hub. */
  public static class News extends Hub {
    public CompletionStage<Void> join() {
      return groups().add(context().connectionId(), "g");
    }
  }

  /** Another one, with the same groups and users. */
  public static class Gossip extends News {}

  private final class Rejections implements HubEvents {
    @Override
    public void backplaneMessageRejected(String channel, Throwable cause) {
      rejected.add(channel);
    }
  }

  private static final class Deaf implements BackplaneListener {
    @Override
    public void onMessage(String channel, byte[] message) {}

    @Override
    public void onConnectionLost(Throwable cause) {}

    @Override
    public void onConnectionRestored() {}
  }
}
