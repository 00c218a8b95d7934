package io.hubbub;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads publishers, such as the uploads that a hub method is given, in blocking style.
 *
 * <pre>{@code
 * public int sum(Flow.Publisher<Integer> numbers) {
 *   return Streams.of(numbers).mapToInt(Integer::intValue).sum();
 * }
 * }</pre>
 *
 * <p>Threads: any; what a method answers belongs to one at a time.
 */
public final class Streams {
  private static final int AHEAD = 8;

  private Streams() {}

  /**
   * The items as a stream, which waits for each item. Closing it before its end cancels the
   * publisher.
   *
   * <p>Threads: subscribes at once on the calling thread; read by one thread at a time. An
   * interrupt while it waits cancels the publisher and ends in a {@link
   * java.util.concurrent.CancellationException}; what the publisher fails with is thrown as it is
   * if it is unchecked, else as the cause of a {@link java.util.concurrent.CompletionException}.
   */
  public static <T> Stream<T> of(Flow.Publisher<T> publisher) {
    BlockingItems<T> items = new BlockingItems<>(AHEAD);
    publisher.subscribe(items);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(items, Spliterator.ORDERED), false)
        .onClose(items::cancel);
  }

  /** The items as an iterator, under the same terms as {@link #of}. */
  public static <T> Iterator<T> iterator(Flow.Publisher<T> publisher) {
    BlockingItems<T> items = new BlockingItems<>(AHEAD);
    publisher.subscribe(items);
    return items;
  }
}
