package io.hubbub.interop;

import com.microsoft.signalr.HubConnection;
import com.microsoft.signalr.HubConnectionBuilder;
import com.microsoft.signalr.TransportEnum;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tries Microsoft's Java client feature by feature, as {@code features.mjs} does with the
 * JavaScript ones.
 */
final class MicrosoftJavaClient {
  private static final String NAME = "com.microsoft.signalr 9.0.3 (Java)";
  private static final long SECONDS = 15;

  private MicrosoftJavaClient() {}

  static List<Outcome> outcomes(String base) {
    List<Outcome> all = new ArrayList<>();
    for (TransportEnum transport : List.of(TransportEnum.WEBSOCKETS, TransportEnum.LONG_POLLING)) {
      String name = transport == TransportEnum.WEBSOCKETS ? "WebSockets" : "LongPolling";
      features()
          .forEach(
              (feature, attempt) ->
                  all.add(
                      new Outcome(
                          NAME,
                          name,
                          "json",
                          feature,
                          outcome(base, transport, feature, attempt))));
    }
    return all;
  }

  private static String outcome(
      String base, TransportEnum transport, String feature, Attempt attempt) {
    if (transport == TransportEnum.LONG_POLLING && feature.equals("upload")) {
      return "not in order: the client's POSTs overlap";
    }
    HubConnection connection =
        HubConnectionBuilder.create(base + "/conformance").withTransport(transport).build();
    String outcome = "yes";
    try {
      connection.start().timeout(SECONDS, TimeUnit.SECONDS).blockingAwait();
      attempt.on(connection);
    } catch (Exception | AssertionError e) {
      outcome = "FAILED: " + e;
    }
    try {
      // Fails when the server does not end the connection in order.
      connection.stop().timeout(SECONDS, TimeUnit.SECONDS).blockingAwait();
    } catch (RuntimeException e) {
      outcome = outcome.equals("yes") ? "FAILED to stop: " + e : outcome;
    } finally {
      connection.close();
    }
    return outcome;
  }

  private static Map<String, Attempt> features() {
    Map<String, Attempt> features = new LinkedHashMap<>();
    features.put(
        "call with a result", c -> expect("안녕 👋", get(c.invoke(String.class, "Echo", "안녕 👋"))));
    features.put("error of a call", MicrosoftJavaClient::error);
    features.put("message from the server", c -> received(c, () -> c.send("SendCaller", "text")));
    features.put(
        "message to a group",
        c -> {
          c.invoke("JoinGroup", "java").timeout(SECONDS, TimeUnit.SECONDS).blockingAwait();
          received(c, () -> c.send("SendGroup", "java", "text"));
        });
    String large = "x".repeat(20000);
    features.put("large message", c -> expect(large, get(c.invoke(String.class, "Echo", large))));
    features.put("stream from the server", c -> expect(List.of(0, 1, 2), items(c)));
    features.put("cancelled stream", MicrosoftJavaClient::cancelled);
    features.put(
        "upload", c -> expect(6, get(c.invoke(Integer.class, "Sum", Observable.just(1, 2, 3)))));
    features.put(
        "client result",
        c -> {
          c.onWithResult("Answer", question -> Single.just(question + "!"), String.class);
          expect("really!", get(c.invoke(String.class, "AskCaller", "really")));
        });
    return features;
  }

  private static void error(HubConnection connection) {
    try {
      get(connection.invoke(String.class, "ThrowHub", "told"));
    } catch (RuntimeException expected) {
      expect(true, String.valueOf(expected.getMessage()).contains("HubException: told"));
      return;
    }
    throw new AssertionError("Expected the hub's error");
  }

  private static void received(HubConnection connection, Runnable trigger) throws Exception {
    CompletableFuture<String> received = new CompletableFuture<>();
    connection.on("Receive", received::complete, String.class);
    trigger.run();
    expect("text", received.get(SECONDS, TimeUnit.SECONDS));
  }

  private static List<Integer> items(HubConnection connection) {
    return connection.stream(Integer.class, "Stream", 3, 1)
        .timeout(SECONDS, TimeUnit.SECONDS)
        .toList()
        .blockingGet();
  }

  private static void cancelled(HubConnection connection) {
    List<Integer> first =
        connection.stream(Integer.class, "Stream", 1000, 5)
            .take(3)
            .timeout(SECONDS, TimeUnit.SECONDS)
            .toList()
            .blockingGet();
    expect(List.of(0, 1, 2), first);
    expect(3, get(connection.invoke(Integer.class, "Add", 1, 2)));
  }

  private static <T> T get(Single<T> answer) {
    return answer.timeout(SECONDS, TimeUnit.SECONDS).blockingGet();
  }

  private static void expect(Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError("Expected " + expected + " but was " + actual);
    }
  }

  /** One feature. */
  @FunctionalInterface
  private interface Attempt {
    void on(HubConnection connection) throws Exception;
  }
}
