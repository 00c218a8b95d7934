package io.hubbub.interop.server;

import io.hubbub.HubException;
import io.hubbub.HubMethodName;
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
  public @Nullable String lastDisconnect() {
    return lastDisconnect;
  }

  public String echo(String value) {
    return value;
  }

  public int add(int a, int b) {
    return a + b;
  }

  public double half(double value) {
    return value / 2;
  }

  public boolean not(boolean value) {
    return !value;
  }

  public long big(long value) {
    return value;
  }

  public @Nullable String nothing(@Nullable String value) {
    return null;
  }

  public byte[] reverse(byte[] value) {
    byte[] reversed = new byte[value.length];
    for (int i = 0; i < value.length; i++) {
      reversed[i] = value[value.length - 1 - i];
    }
    return reversed;
  }

  public Point mirror(Point point) {
    return new Point(point.y(), point.x(), point.label());
  }

  public Order echoOrder(Order order) {
    return order;
  }

  public int[] sort(int[] values) {
    int[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  public Map<String, Integer> count(Map<String, Integer> values) {
    return values;
  }

  public Color nextColor(Color color) {
    return Color.values()[(color.ordinal() + 1) % Color.values().length];
  }

  public UUID echoGuid(UUID id) {
    return id;
  }

  public Instant echoDate(Instant at) {
    return at;
  }

  public @Nullable Object echoAny(@Nullable Object value) {
    return value;
  }

  public void doNothing() {}

  public CompletionStage<Void> doNothingAsync() {
    return CompletableFuture.completedFuture(null);
  }

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

  public CompletionStage<Void> throwAsync(String message) {
    return CompletableFuture.runAsync(
        () -> {
          throw new IllegalStateException(message);
        });
  }

  public void throwHub(String message) {
    throw new HubException(message);
  }

  public String connectionId() {
    return context().connectionId();
  }

  public Optional<String> userId() {
    return context().userId();
  }

  public void abort() {
    context().abort();
  }

  public int counter() {
    return (int) context().items().merge("n", 1, (before, one) -> (int) before + (int) one);
  }
}
