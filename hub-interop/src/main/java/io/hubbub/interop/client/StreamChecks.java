package io.hubbub.interop.client;

import static io.hubbub.interop.client.Check.equal;
import static io.hubbub.interop.client.Check.failure;
import static io.hubbub.interop.client.Check.get;
import static io.hubbub.interop.client.Check.message;

import io.hubbub.client.HubConnection;
import io.hubbub.client.InvocationFailedException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Streams in both directions. */
final class StreamChecks {
  private StreamChecks() {}

  static List<Check> all() {
    return List.of(
        Check.of("a stream", s -> equal(upTo(100), get(Collected.all(numbers(s, 100, 0))))),
        Check.of("a slow stream", s -> equal(upTo(3), get(Collected.all(numbers(s, 3, 30))))),
        Check.of("an empty stream", s -> equal(List.of(), get(Collected.all(numbers(s, 0, 0))))),
        Check.of("a stream of words", StreamChecks::words),
        Check.of("a canceled stream harms nothing", StreamChecks::canceled),
        Check.of("a stream that fails", StreamChecks::failing),
        Check.of("streams at once", StreamChecks::atOnce),
        Check.of("an upload", StreamChecks::upload),
        Check.of("uploads anywhere among the arguments", StreamChecks::twoUploads),
        Check.of("an upload that fails", StreamChecks::failingUpload),
        Check.of("a stream out of an upload", StreamChecks::there));
  }

  private static java.util.concurrent.Flow.Publisher<Integer> numbers(
      CheckSession session, int count, int millis) {
    return session.connect().stream(Integer.class, "Stream", count, millis);
  }

  private static List<Integer> upTo(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static ItemSource items(Object... items) {
    return new ItemSource(Arrays.asList(items), null);
  }

  private static void words(CheckSession session) {
    HubConnection hub = session.connect();
    List<String> words = List.of("a", "b", "c");
    equal(words, get(Collected.all(hub.stream(String.class, "StreamWords", words))));
  }

  private static void canceled(CheckSession session) {
    HubConnection hub = session.connect();
    equal(
        List.of(0, 1), get(Collected.first(2, hub.stream(Integer.class, "Stream", 1_000_000, 5))));
    equal("x", get(hub.invoke(String.class, "Echo", "x")));
  }

  private static void failing(CheckSession session) {
    HubConnection hub = session.connect();
    Throwable error =
        failure(Collected.all(hub.stream(Integer.class, "StreamThenThrowHub", 2, "broken")));
    equal(true, error instanceof InvocationFailedException);
    equal(true, message(error).contains("broken"));
  }

  private static void atOnce(CheckSession session) {
    HubConnection hub = session.connect();
    var first = Collected.all(hub.stream(Integer.class, "Stream", 20, 2));
    var second = Collected.all(hub.stream(Integer.class, "Stream", 20, 3));
    equal(upTo(20), get(first));
    equal(upTo(20), get(second));
  }

  private static void upload(CheckSession session) {
    HubConnection hub = session.connect();
    Object[] numbers = IntStream.rangeClosed(1, 500).boxed().toArray();
    equal(125_250, get(hub.invoke(int.class, "Sum", items(numbers))));
    equal(0, get(hub.invoke(int.class, "Sum", items())));
  }

  private static void twoUploads(CheckSession session) {
    HubConnection hub = session.connect();
    equal(21, get(hub.invoke(int.class, "SumTwo", items(1, 2, 3), items(4, 5, 6))));
    equal("a-b", get(hub.invoke(String.class, "Join", "-", items("a", "b"))));
    equal("a-b", get(hub.invoke(String.class, "Join", items("a", "b"), "-")));
  }

  private static void failingUpload(CheckSession session) {
    HubConnection hub = session.connect();
    String answer =
        get(
            hub.invoke(
                String.class, "UploadError", new ItemSource(Arrays.asList(1, 2), "ran dry")));
    equal(true, answer.contains("ran dry"));
  }

  private static void there(CheckSession session) {
    HubConnection hub = session.connect();
    equal(
        List.of(2, 4, 6),
        get(Collected.all(hub.stream(Integer.class, "DoubleEach", items(1, 2, 3)))));
  }
}
