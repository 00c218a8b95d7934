package io.hubbub.interop.server;

import io.hubbub.Cancellation;
import io.hubbub.HubException;
import io.hubbub.HubMethodName;
import io.hubbub.NonBlocking;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Publisher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Streams both ways. */
@NonBlocking
public abstract class StreamingHub extends SendingHub {
  @HubMethodName("Stream")
  public Publisher<Integer> stream(int count, int millis, Cancellation cancel) {
    return Items.of(numbers(count)).every(millis);
  }

  @HubMethodName("StreamThenThrow")
  public Publisher<Integer> streamThenThrow(int count, String message) {
    return Items.of(numbers(count)).failingWith(new IllegalStateException(message));
  }

  @HubMethodName("StreamThenThrowHub")
  public Publisher<Integer> streamThenThrowHub(int count, String message) {
    return Items.of(numbers(count)).failingWith(new HubException(message));
  }

  @HubMethodName("StreamWords")
  public Publisher<String> streamWords(List<String> words) {
    return Items.of(Objects.requireNonNull(words));
  }

  @HubMethodName("StreamNull")
  public @Nullable Publisher<Integer> streamNull() {
    return null;
  }

  @HubMethodName("Sum")
  public CompletionStage<Integer> sum(Publisher<Integer> numbers) {
    return Collected.of(numbers).thenApply(StreamingHub::sumOf);
  }

  @HubMethodName("Join")
  public CompletionStage<String> join(String separator, Publisher<String> words) {
    return Collected.of(words)
        .thenApply(
            all ->
                all.stream()
                    .map(word -> Objects.requireNonNullElse(word, ""))
                    .collect(Collectors.joining(separator)));
  }

  @HubMethodName("SumTwo")
  public CompletionStage<Integer> sumTwo(Publisher<Integer> a, Publisher<Integer> b) {
    return Collected.of(a)
        .thenCompose(first -> Collected.of(b).thenApply(second -> sumOf(first) + sumOf(second)));
  }

  @HubMethodName("DoubleEach")
  public Publisher<Integer> doubleEach(Publisher<Integer> numbers) {
    return subscriber -> numbers.subscribe(new Doubling(subscriber));
  }

  @HubMethodName("UploadError")
  public CompletionStage<String> uploadError(Publisher<Integer> numbers) {
    return Collected.of(numbers).handle((all, failure) -> outcome(failure));
  }

  private static String outcome(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause == null
        ? "completed"
        : cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static int sumOf(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).sum();
  }
}
