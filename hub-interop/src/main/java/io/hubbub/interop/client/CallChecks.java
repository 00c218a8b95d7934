package io.hubbub.interop.client;

import static io.hubbub.interop.client.Check.equal;
import static io.hubbub.interop.client.Check.failure;
import static io.hubbub.interop.client.Check.get;
import static io.hubbub.interop.client.Check.message;

import io.hubbub.client.HubConnection;
import io.hubbub.client.InvocationFailedException;
import io.hubbub.interop.client.Values.Order;
import io.hubbub.interop.client.Values.Point;
import io.hubbub.protocol.TypeReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Calls of the hub and their results. */
final class CallChecks {
  private CallChecks() {}

  /** The hub as an application would describe it. */
  interface ConformanceHub {
    CompletableFuture<String> echo(String value);

    int add(int a, int b);

    @io.hubbub.HubMethodName("renamed")
    CompletableFuture<String> oldName();
  }

  static List<Check> all() {
    return List.of(
        Check.of("results of simple types", CallChecks::simpleTypes),
        Check.of("objects, lists and maps", CallChecks::objects),
        Check.of("null and void results", CallChecks::nothing),
        Check.of("many calls at once", CallChecks::manyCalls),
        Check.of("names ignore case", s -> equal("x", call(s.connect(), "eChO", "x"))),
        Check.of("an error of the hub", CallChecks::errors),
        Check.of("an unknown method", CallChecks::unknownMethod),
        Check.of("wrong arguments fail one call only", CallChecks::wrongArguments),
        Check.of("a canceled call harms nothing", CallChecks::canceledCall),
        Check.of("a call that takes too long", CallChecks::timeLimit),
        Check.of("calls through an interface", CallChecks::typed),
        Check.of("calls after a stop fail", CallChecks::afterStop),
        Check.on("/detailed", "details of an error", CallChecks::details),
        Check.on("/small", "a message that is too long ends the connection", CallChecks::tooLong));
  }

  private static String call(HubConnection hub, String target, Object... arguments) {
    return get(hub.invoke(String.class, target, arguments));
  }

  private static void simpleTypes(CheckSession session) {
    HubConnection hub = session.connect();
    equal("안녕 \u2028 😀 \u0001\"\\", call(hub, "Echo", "안녕 \u2028 😀 \u0001\"\\"));
    equal(5, get(hub.invoke(int.class, "Add", 2, 3)));
    equal(1.25, get(hub.invoke(double.class, "Half", 2.5)));
    equal(false, get(hub.invoke(boolean.class, "Not", true)));
    equal(1L << 60, get(hub.invoke(Long.class, "Big", 1L << 60)));
    equal(
        List.of((byte) 3, (byte) 2, (byte) -1),
        bytes(get(hub.invoke(byte[].class, "Reverse", (Object) new byte[] {-1, 2, 3}))));
  }

  private static List<Byte> bytes(byte[] array) {
    return IntStream.range(0, array.length).mapToObj(i -> array[i]).toList();
  }

  private static void objects(CheckSession session) {
    HubConnection hub = session.connect();
    equal(
        List.of(1, 2, 3),
        get(hub.invoke(new TypeReference<List<Integer>>() {}, "Sort", List.of(3, 1, 2))));
    equal(
        Map.of("a", 1, "ключ", 2),
        get(
            hub.invoke(
                new TypeReference<Map<String, Integer>>() {}, "Count", Map.of("a", 1, "ключ", 2))));
    if (session.way().encoding() == CheckSession.Encoding.JSON) {
      equal(new Point(2, 1, "p"), get(hub.invoke(Point.class, "Mirror", new Point(1, 2, "p"))));
      Order order = new Order("7", List.of(new Point(1, 2, null)), Map.of("a", 1), true, 1.5, null);
      equal(order, get(hub.invoke(Order.class, "EchoOrder", order)));
    }
  }

  private static void nothing(CheckSession session) {
    HubConnection hub = session.connect();
    equal(true, get(hub.invoke(String.class, "Nothing", "x").thenApply(v -> v == null)));
    equal(true, get(hub.invoke(Void.class, "DoNothing").thenApply(v -> v == null)));
    equal(true, get(hub.invoke(Object.class, "DoNothingAsync").thenApply(v -> v == null)));
  }

  private static void manyCalls(CheckSession session) {
    HubConnection hub = session.connect();
    List<CompletableFuture<String>> calls =
        IntStream.range(0, 200).mapToObj(i -> hub.invoke(String.class, "Echo", "" + i)).toList();
    for (int i = 0; i < calls.size(); i++) {
      equal("" + i, get(calls.get(i)));
    }
  }

  private static void errors(CheckSession session) {
    HubConnection hub = session.connect();
    Throwable hidden = failure(hub.invoke(Void.class, "Throw", "secret"));
    equal(true, hidden instanceof InvocationFailedException);
    equal("An unexpected error occurred invoking 'Throw' on the server.", message(hidden));
    Throwable shown = failure(hub.invoke(Void.class, "ThrowHub", "for you"));
    equal(true, message(shown).endsWith("HubException: for you"));
    equal("still here", call(hub, "Echo", "still here"));
  }

  private static void unknownMethod(CheckSession session) {
    Throwable error = failure(session.connect().invoke(Void.class, "NoSuchMethod"));
    equal(true, message(error).contains("Method does not exist"));
  }

  private static void wrongArguments(CheckSession session) {
    HubConnection hub = session.connect();
    equal(true, failure(hub.invoke(int.class, "Add", 1)) instanceof InvocationFailedException);
    equal(
        true, failure(hub.invoke(int.class, "Add", "a", "b")) instanceof InvocationFailedException);
    equal(3, get(hub.invoke(int.class, "Add", 1, 2)));
  }

  private static void canceledCall(CheckSession session) {
    HubConnection hub = session.connect();
    CompletableFuture<String> call = hub.invoke(String.class, "EchoLater", "late", 100);
    call.cancel(false);
    try {
      call.join();
      throw new IllegalStateException("Expected a canceled future");
    } catch (CancellationException expected) {
      equal("next", call(hub, "Echo", "next"));
    }
  }

  private static void timeLimit(CheckSession session) {
    HubConnection hub = session.connect();
    // The hub waits for what we say, however long it takes until the time is up here.
    CompletableFuture<String> late = new CompletableFuture<>();
    hub.answer("Answer", String.class, question -> late);
    CompletableFuture<String> call =
        hub.invoke(String.class, "AskCaller", "well").orTimeout(50, TimeUnit.MILLISECONDS);
    equal(true, failure(call) instanceof java.util.concurrent.TimeoutException);
    late.complete("late");
    equal("next", call(hub, "Echo", "next"));
  }

  private static void typed(CheckSession session) {
    ConformanceHub hub = session.connect().proxy(ConformanceHub.class);
    equal("x", get(hub.echo("x")));
    equal(7, hub.add(3, 4));
    equal("renamed", get(hub.oldName()));
  }

  private static void afterStop(CheckSession session) {
    HubConnection hub = session.connect();
    get(hub.stop());
    equal(
        true,
        failure(hub.invoke(String.class, "Echo", "x"))
            instanceof io.hubbub.ConnectionClosedException);
    get(hub.start());
    equal("again", call(hub, "Echo", "again"));
  }

  private static void details(CheckSession session) {
    Throwable error = failure(session.connect().invoke(Void.class, "Throw", "the detail"));
    equal(true, message(error).contains("the detail"));
  }

  private static void tooLong(CheckSession session) {
    HubConnection hub = session.connect();
    CompletableFuture<Void> closed = new CompletableFuture<>();
    hub.onClosed(error -> closed.complete(null));
    Throwable error = failure(hub.invoke(String.class, "Echo", "x".repeat(1000)));
    equal(true, error instanceof io.hubbub.ConnectionClosedException);
    get(closed);
  }
}
