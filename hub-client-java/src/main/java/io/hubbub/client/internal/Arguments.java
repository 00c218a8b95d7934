package io.hubbub.client.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call, with the publishers among them taken out: they travel as streams.
 *
 * @param values what is sent with the call
 * @param streamIds the ids of the streams, in the order of the publishers
 * @param sources the publishers
 */
record Arguments(
    @Nullable Object[] values, List<String> streamIds, List<Flow.Publisher<?>> sources) {

  /**
   * @param ids gives the next id
   */
  static Arguments of(@Nullable Object[] arguments, Supplier<String> ids) {
    List<@Nullable Object> values = new ArrayList<>(arguments.length);
    List<String> streamIds = List.of();
    List<Flow.Publisher<?>> sources = List.of();
    for (Object argument : arguments) {
      if (argument instanceof Flow.Publisher<?> source) {
        if (sources.isEmpty()) {
          sources = new ArrayList<>();
          streamIds = new ArrayList<>();
        }
        sources.add(source);
        streamIds.add(ids.get());
      } else {
        values.add(argument);
      }
    }
    return sources.isEmpty()
        ? new Arguments(arguments, streamIds, sources)
        : new Arguments(values.toArray(), streamIds, sources);
  }
}
