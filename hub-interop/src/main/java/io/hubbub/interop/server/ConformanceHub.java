package io.hubbub.interop.server;

import io.hubbub.HubException;
import io.hubbub.HubMethodName;
import io.hubbub.NonBlocking;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One method for everything that a client can see of a hub: values and failures here, sending and
 * streaming in its ancestors.
 */
@NonBlocking
public class ConformanceHub extends StreamingHub {
  private static final AtomicInteger CONNECTED = new AtomicInteger();
  private static final AtomicInteger DISCONNECTED = new AtomicInteger();
  private static volatile @Nullable String lastDisconnect;

  @Override
  public void onConnected() {
    CONNECTED.incrementAndGet();
  }

  @Override
  public void onDisconnected(@Nullable Throwable cause) {
    DISCONNECTED.incrementAndGet();
    lastDisconnect =
        context().connectionId()
            + " "
            + (cause == null
                ? "clean"
                : cause.getClass().getSimpleName() + ": " + cause.getMessage());
  }

  /** How the last connection of any hub ended. */
  @HubMethodName("LastDisconnect")
  public @Nullable String lastDisconnect() {
    return lastDisconnect;
  }

  @HubMethodName("Echo")
  public String echo(String value) {
    return value;
  }

  @HubMethodName("Add")
  public int add(int a, int b) {
    return a + b;
  }

  @HubMethodName("Half")
  public double half(double value) {
    return value / 2;
  }

  @HubMethodName("Not")
  public boolean not(boolean value) {
    return !value;
  }

  @HubMethodName("Big")
  public long big(long value) {
    return value;
  }

  @HubMethodName("Nothing")
  public @Nullable String nothing(@Nullable String value) {
    return null;
  }

  @HubMethodName("Reverse")
  public byte[] reverse(byte[] value) {
    byte[] reversed = new byte[value.length];
    for (int i = 0; i < value.length; i++) {
      reversed[i] = value[value.length - 1 - i];
    }
    return reversed;
  }

  @HubMethodName("Mirror")
  public Point mirror(Point point) {
    return new Point(point.y(), point.x(), point.label());
  }

  @HubMethodName("EchoOrder")
  public Order echoOrder(Order order) {
    return order;
  }

  @HubMethodName("Sort")
  public int[] sort(int[] values) {
    int[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  @HubMethodName("Count")
  public Map<String, Integer> count(Map<String, Integer> values) {
    return values;
  }

  @HubMethodName("NextColor")
  public Color nextColor(Color color) {
    return Color.values()[(color.ordinal() + 1) % Color.values().length];
  }

  @HubMethodName("EchoGuid")
  public UUID echoGuid(UUID id) {
    return id;
  }

  @HubMethodName("EchoDate")
  public Instant echoDate(Instant at) {
    return at;
  }

  @HubMethodName("EchoAny")
  public @Nullable Object echoAny(@Nullable Object value) {
    return value;
  }

  @HubMethodName("DoNothing")
  public void doNothing() {}

  @HubMethodName("DoNothingAsync")
  public CompletionStage<Void> doNothingAsync() {
    return CompletableFuture.completedFuture(null);
  }

  @HubMethodName("EchoLater")
  public CompletionStage<String> echoLater(String value, int millis) {
    return CompletableFuture.supplyAsync(
        () -> value, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
  }

  @HubMethodName("renamed")
  public String oldName() {
    return "renamed";
  }

  @HubMethodName("Throw")
  public void throwNow(String message) {
    throw new IllegalStateException(message);
  }

  @HubMethodName("ThrowAsync")
  public CompletionStage<Void> throwAsync(String message) {
    return CompletableFuture.runAsync(
        () -> {
          throw new IllegalStateException(message);
        });
  }

  @HubMethodName("ThrowHub")
  public void throwHub(String message) {
    throw new HubException(message);
  }

  @HubMethodName("ConnectionId")
  public String connectionId() {
    return context().connectionId();
  }

  @HubMethodName("UserId")
  public Optional<String> userId() {
    return context().userId();
  }

  @HubMethodName("Abort")
  public void abort() {
    context().abort();
  }

  @HubMethodName("Counter")
  public int counter() {
    return (int) context().items().merge("n", 1, (before, one) -> (int) before + (int) one);
  }
}
