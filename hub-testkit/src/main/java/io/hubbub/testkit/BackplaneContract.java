package io.hubbub.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubbub.spi.Backplane;
import io.hubbub.spi.BackplaneListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Backplane} does. Implementers extend it and say how nodes are made. */
public abstract class BackplaneContract {
  /** How long anything may take. */
  protected static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<Node> nodes = new CopyOnWriteArrayList<>();

  private static ConditionFactory eventually() {
    return await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
  }

  /** For subclasses. */
  protected BackplaneContract() {}

  /** A backplane that is not started yet; all of one test are connected with each other. */
  protected abstract Backplane newBackplane();

  /** Interrupts all backplanes of the test. */
  protected abstract void interrupt() throws Exception;

  /** Ends the interruption. */
  protected abstract void resume() throws Exception;

  /** Whether {@link Backplane#publish} can count. */
  protected boolean countsReceivers() {
    return true;
  }

  /** Closes what a test has made. */
  @AfterEach
  protected final void closeNodes() {
    nodes.forEach(node -> node.backplane.close());
  }

  private Node node(String... channels) {
    Node node = new Node(newBackplane());
    nodes.add(node);
    join(node.backplane.start(node));
    for (String channel : channels) {
      join(node.backplane.subscribe(channel));
    }
    return node;
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  private void assertReceivers(CompletionStage<Long> published, long expected) {
    assertThat(join(published))
        .isEqualTo(countsReceivers() ? expected : Backplane.UNKNOWN_RECEIVERS);
  }

  /** A message reaches whoever listens, the sender as well. */
  @Test
  protected void aMessageReachesEveryNodeThatListensAndTheSender() {
    Node one = node("news");
    Node two = node("news");
    Node deaf = node("other");

    assertReceivers(one.publish("news", "hello"), 2);

    one.awaitMessages("news", "hello");
    two.awaitMessages("news", "hello");
    assertThat(deaf.received).isEmpty();
  }

  /** Nobody listening is no error. */
  @Test
  protected void aMessageThatNobodyWantsIsNoError() {
    assertReceivers(node().publish("nowhere", "hello"), 0);
  }

  /** A name is nothing but a name. */
  @ParameterizedTest
  @ValueSource(
      strings = {"a*b", "a?b", "[abc]", "a\\b", "a b:c", "채팅방", "{tag}", "", "Case", "\u0001"})
  protected void channelsAreTakenLiterally(String channel) {
    Node one = node("x" + channel);
    Node two = node();
    String longer = "x" + channel + "y";
    join(two.backplane.subscribe("xa*"));

    one.publish(longer, "not mine");
    one.publish("x" + channel, "mine");

    one.awaitMessages("x" + channel, "mine");
    assertThat(two.received).isEmpty();
  }

  /** Case tells channels apart. */
  @Test
  protected void namesDifferByCase() {
    Node one = node("Case");
    one.publish("case", "lower");
    one.publish("Case", "upper");

    one.awaitMessages("Case", "upper");
    assertThat(one.received).containsOnlyKeys("Case");
  }

  /** Order within a channel. */
  @Test
  protected void messagesOfAChannelComeInOrder() {
    Node one = node("news");
    Node two = node("news");
    List<String> sent = IntStream.range(0, 2_000).mapToObj(Integer::toString).toList();

    sent.forEach(message -> one.publish("news", message));

    two.awaitMessages("news", sent.toArray(String[]::new));
    one.awaitMessages("news", sent.toArray(String[]::new));
  }

  /** Bytes stay what they are. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 70_000, 3_000_000})
  protected void bytesArriveAsTheyWere(int length) {
    byte[] message = new byte[length];
    for (int i = 0; i < length; i++) {
      message[i] = (byte) i;
    }
    Node one = node("news");

    join(one.backplane.publish("news", message));

    // A list that has just been made may still be empty.
    eventually().until(() -> !one.messages("news").isEmpty());
    assertThat(one.messages("news"))
        .usingElementComparator(Arrays::compare)
        .containsExactly(message);
  }

  /** Silence after unsubscribing. */
  @Test
  protected void afterUnsubscribingNothingComes() {
    Node one = node("news", "marker");
    Node two = node();
    join(one.backplane.unsubscribe("news"));

    assertReceivers(two.publish("news", "too late"), 0);
    join(two.publish("marker", "end"));

    one.awaitMessages("marker", "end");
    assertThat(one.received).containsOnlyKeys("marker");
  }

  /** The last call counts, whatever was called before without waiting. */
  @Test
  protected void subscribingAndUnsubscribingKeepTheirOrder() {
    Node one = node("marker");
    Node two = node();
    CompletionStage<Void> last = CompletableFuture.completedStage(null);
    for (int i = 0; i < 50; i++) {
      one.backplane.subscribe("on");
      one.backplane.unsubscribe("on");
      last = one.backplane.subscribe("on");
      one.backplane.subscribe("off");
      one.backplane.unsubscribe("off");
    }
    join(last);
    join(one.backplane.subscribe("after"));

    two.publish("off", "no");
    two.publish("on", "yes");

    one.awaitMessages("on", "yes");
    assertThat(one.received).containsOnlyKeys("on");
  }

  /** Who subscribes again is not told by the confirmation of the first time. */
  @Test
  protected void whatIsSubscribedAgainWithoutWaitingMissesNothingAfterItsConfirmation() {
    Node one = node();
    Node two = node();
    for (int i = 0; i < 200; i++) {
      one.backplane.subscribe("c" + i);
      one.backplane.unsubscribe("c" + i);
      join(one.backplane.subscribe("c" + i));
      assertReceivers(two.publish("c" + i, "m"), 1);
    }
    eventually().until(() -> one.received.size() == 200);
  }

  /** A confirmed subscription misses nothing. */
  @Test
  protected void whatIsPublishedAfterTheConfirmationArrives() {
    Node one = node();
    Node two = node();
    for (int i = 0; i < 200; i++) {
      join(one.backplane.subscribe("c" + i));
      assertReceivers(two.publish("c" + i, "m"), 1);
    }
    eventually().until(() -> one.received.size() == 200);
  }

  /** After closing. */
  @Test
  protected void aClosedNodeGetsNothingAndPublishesNothing() {
    Node one = node("news");
    Node two = node("news");

    one.backplane.close();
    one.backplane.close();

    assertThat(one.backplane.isConnected()).isFalse();
    assertThat(one.publish("news", "dead").toCompletableFuture())
        .failsWithin(PATIENCE)
        .withThrowableOfType(ExecutionException.class);
    eventually().untilAsserted(() -> assertReceivers(two.publish("news", "alive"), 1));
    assertThat(one.received).isEmpty();
  }

  /** An outage ends by itself. */
  @Test
  protected void anOutageIsToldAndOvercome() throws Exception {
    Node one = node("kept", "dropped");
    Node two = node("kept");
    assertThat(one.backplane.isConnected()).isTrue();

    interrupt();
    one.awaitLost();
    two.awaitLost();
    assertThat(one.backplane.isConnected()).isFalse();
    CompletableFuture<Void> added = one.backplane.subscribe("added").toCompletableFuture();
    join(one.backplane.unsubscribe("dropped"));
    assertThat(added).isNotDone();

    resume();
    one.awaitRestored();
    two.awaitRestored();
    assertThat(one.backplane.isConnected()).isTrue();
    join(added);

    join(two.publish("dropped", "d"));
    join(two.publish("kept", "k"));
    join(two.publish("added", "a"));
    one.awaitMessages("kept", "k");
    one.awaitMessages("added", "a");
    assertThat(one.received).doesNotContainKey("dropped");
  }

  /** What a node publishes during an outage waits for its end, or fails. */
  @Test
  protected void publishingDuringAnOutageDoesNotBlockAndIsNotForgotten() throws Exception {
    Node one = node("news");
    interrupt();
    one.awaitLost();

    List<CompletableFuture<Long>> published = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      published.add(one.publish("news", "m" + i).toCompletableFuture());
    }
    resume();
    one.awaitRestored();

    List<String> expected = new ArrayList<>();
    for (int i = 0; i < published.size(); i++) {
      CompletableFuture<Long> outcome = published.get(i);
      eventually().until(outcome::isDone);
      if (!outcome.isCompletedExceptionally()) {
        expected.add("m" + i);
      }
    }
    one.awaitMessages("news", expected.toArray(String[]::new));
  }

  private static final class Node implements BackplaneListener {
    private final Backplane backplane;
    private final Map<String, List<byte[]>> received = new ConcurrentHashMap<>();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger restored = new AtomicInteger();

    Node(Backplane backplane) {
      this.backplane = backplane;
    }

    CompletionStage<Long> publish(String channel, String message) {
      return backplane.publish(channel, message.getBytes(UTF_8));
    }

    List<byte[]> messages(String channel) {
      return received.getOrDefault(channel, List.of());
    }

    void awaitMessages(String channel, String... expected) {
      eventually()
          .untilAsserted(
              () ->
                  assertThat(messages(channel))
                      .extracting(bytes -> new String(bytes, UTF_8))
                      .containsExactly(expected));
    }

    void awaitLost() {
      eventually().until(() -> lost.get() == 1);
    }

    void awaitRestored() {
      eventually().until(() -> restored.get() == 1);
    }

    @Override
    public void onMessage(String channel, byte[] message) {
      received.computeIfAbsent(channel, key -> new CopyOnWriteArrayList<>()).add(message);
    }

    @Override
    public void onConnectionLost(@Nullable Throwable cause) {
      lost.incrementAndGet();
    }

    @Override
    public void onConnectionRestored() {
      restored.incrementAndGet();
    }
  }
}
