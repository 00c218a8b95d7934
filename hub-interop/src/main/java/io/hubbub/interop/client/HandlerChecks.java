package io.hubbub.interop.client;

import static io.hubbub.interop.client.Check.equal;
import static io.hubbub.interop.client.Check.failure;
import static io.hubbub.interop.client.Check.get;

import io.hubbub.client.HubConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Calls of the server: broadcasts, groups, users, and questions to the client. */
final class HandlerChecks {
  private HandlerChecks() {}

  /** The client as the server sees it. */
  interface Client {
    String answer(String question);
  }

  static List<Check> all() {
    return List.of(
        Check.of("a call of the server", HandlerChecks::caller),
        Check.of("calls keep their order", HandlerChecks::order),
        Check.of("a broadcast", HandlerChecks::others),
        Check.of("a group", HandlerChecks::group),
        Check.of("a user", HandlerChecks::user),
        Check.of("an answer", HandlerChecks::answer),
        Check.of("an answer that comes later", HandlerChecks::laterAnswer),
        Check.of("no answer", HandlerChecks::noAnswer),
        Check.of("an answer that is an error", HandlerChecks::failingAnswer),
        Check.of("a call out of a handler", HandlerChecks::callOutOfHandler),
        Check.of("handlers of an interface", HandlerChecks::typed),
        Check.of("a handler that is taken back", HandlerChecks::takenBack),
        Check.on("/filtered", "calls before the start is through", HandlerChecks::early));
  }

  private static BlockingQueue<String> received(HubConnection hub) {
    BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    hub.on("Receive", String.class, calls::add);
    return calls;
  }

  private static String next(BlockingQueue<String> calls) throws InterruptedException {
    String call = calls.poll(10, TimeUnit.SECONDS);
    if (call == null) {
      throw new IllegalStateException("Expected a call of the server within 10 s");
    }
    return call;
  }

  private static void caller(CheckSession session) throws InterruptedException {
    HubConnection hub = session.connect();
    BlockingQueue<String> calls = received(hub);
    get(hub.send("SendCaller", "me"));
    equal("me", next(calls));
  }

  private static void order(CheckSession session) {
    HubConnection hub = session.connect();
    List<Integer> seen = new ArrayList<>();
    CompletableFuture<List<Integer>> all = new CompletableFuture<>();
    hub.on(
        "Receive",
        Integer.class,
        n -> {
          seen.add(n);
          if (seen.size() == 200) {
            all.complete(seen);
          }
        });
    get(hub.invoke(Void.class, "SendMany", 200));
    equal(IntStream.range(0, 200).boxed().toList(), get(all));
  }

  private static void others(CheckSession session) throws InterruptedException {
    HubConnection one = session.connect();
    HubConnection two = session.connect();
    BlockingQueue<String> calls = received(two);
    get(one.invoke(Void.class, "SendOthers", "hello others"));
    equal("hello others", next(calls));
    get(one.invoke(Void.class, "SendClient", two.connectionId().orElseThrow(), "just you"));
    equal("just you", next(calls));
  }

  private static void group(CheckSession session) throws InterruptedException {
    HubConnection one = session.connect();
    HubConnection two = session.connect();
    BlockingQueue<String> calls = received(two);
    String group = "g" + two.connectionId().orElseThrow();
    get(two.invoke(Void.class, "JoinGroup", group));
    get(one.invoke(Void.class, "SendGroup", group, "members"));
    equal("members", next(calls));
    get(two.invoke(Void.class, "LeaveGroup", group));
    get(one.invoke(Void.class, "SendGroup", group, "nobody"));
    get(two.invoke(Void.class, "SendCaller", "after"));
    equal("after", next(calls));
  }

  private static void user(CheckSession session) throws InterruptedException {
    String name = "user" + System.nanoTime();
    HubConnection one = session.connect();
    HubConnection two = session.connectAs(name);
    equal(name, get(two.invoke(String.class, "UserId")));
    BlockingQueue<String> calls = received(two);
    get(one.invoke(Void.class, "SendUser", name, "for you"));
    equal("for you", next(calls));
  }

  private static void answer(CheckSession session) {
    HubConnection hub = session.connect();
    hub.answer("Answer", String.class, question -> question + " indeed");
    equal("well indeed", get(hub.invoke(String.class, "AskCaller", "well")));
  }

  private static void laterAnswer(CheckSession session) {
    HubConnection hub = session.connect();
    hub.answer(
        "Answer",
        String.class,
        question ->
            new CompletableFuture<String>()
                .completeOnTimeout(question + " later", 50, TimeUnit.MILLISECONDS));
    equal("now later", get(hub.invoke(String.class, "AskCaller", "now")));
  }

  private static void noAnswer(CheckSession session) {
    HubConnection hub = session.connect();
    failure(hub.invoke(String.class, "AskCaller", "anybody?"));
    equal("x", get(hub.invoke(String.class, "Echo", "x")));
  }

  private static void failingAnswer(CheckSession session) {
    HubConnection hub = session.connect();
    hub.answer(
        "Answer",
        String.class,
        question -> {
          throw new IllegalStateException("not telling");
        });
    failure(hub.invoke(String.class, "AskCaller", "secret?"));
    equal("x", get(hub.invoke(String.class, "Echo", "x")));
  }

  private static void callOutOfHandler(CheckSession session) {
    HubConnection hub = session.connect();
    CompletableFuture<String> inner = new CompletableFuture<>();
    hub.on(
        "Receive",
        String.class,
        text -> inner.complete(get(hub.invoke(String.class, "Echo", text + " again"))));
    get(hub.send("SendCaller", "once"));
    equal("once again", get(inner));
  }

  private static void typed(CheckSession session) {
    HubConnection hub = session.connect();
    hub.register(Client.class, question -> "typed " + question);
    equal("typed q", get(hub.invoke(String.class, "AskCaller", "q")));
  }

  private static void takenBack(CheckSession session) {
    HubConnection hub = session.connect();
    hub.answer("Answer", String.class, question -> "yes").close();
    failure(hub.invoke(String.class, "AskCaller", "still there?"));
  }

  private static void early(CheckSession session) throws InterruptedException {
    HubConnection hub = session.build(builder -> builder);
    BlockingQueue<String> calls = received(hub);
    Check.started(hub);
    equal("before", next(calls));
    equal("after", next(calls));
  }
}
