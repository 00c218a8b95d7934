package io.hubbub.internal.dispatch;

import io.hubbub.spi.StreamAdapter;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * What a method's declared return type means: a value, at once or later, or a stream of items, at
 * once or later. A collection is a value; an {@link Iterable} is a stream only when it is declared
 * as just that.
 *
 * <p>Threads: immutable; any.
 *
 * @param later makes a stage of what the method returns; null when the value is there at once
 * @param stream makes a publisher of the value; null when the value is the result
 */
record ResultShape(
    @Nullable Function<Object, CompletionStage<?>> later, @Nullable StreamReader stream) {

  /** Makes a publisher of a stream of some kind. */
  @FunctionalInterface
  interface StreamReader {
    /**
     * @param executor runs what may block
     */
    Flow.Publisher<?> read(Object value, Executor executor);
  }

  boolean isStreaming() {
    return stream != null;
  }

  static ResultShape of(Type returnType, List<StreamAdapter> adapters) {
    Class<?> raw = GenericTypes.raw(returnType);
    if (CompletionStage.class.isAssignableFrom(raw)) {
      Class<?> awaited = GenericTypes.raw(GenericTypes.argument(returnType, 0));
      return new ResultShape(CompletionStage.class::cast, streamReader(awaited, adapters));
    }
    for (StreamAdapter adapter : adapters) {
      if (adapter.isSingle(raw)) {
        return new ResultShape(adapter::toStage, null);
      }
    }
    return new ResultShape(null, streamReader(raw, adapters));
  }

  private static @Nullable StreamReader streamReader(Class<?> type, List<StreamAdapter> adapters) {
    for (StreamAdapter adapter : adapters) {
      if (adapter.isStream(type)) {
        return (value, executor) -> adapter.toPublisher(value);
      }
    }
    if (Flow.Publisher.class.isAssignableFrom(type)) {
      return (value, executor) -> (Flow.Publisher<?>) value;
    }
    if (BaseStream.class.isAssignableFrom(type)) {
      return (value, executor) -> IteratorPublisher.of((BaseStream<?, ?>) value, executor);
    }
    if (Iterator.class.isAssignableFrom(type)) {
      return (value, executor) -> IteratorPublisher.of((Iterator<?>) value, executor);
    }
    if (type == Iterable.class) {
      return (value, executor) -> IteratorPublisher.of(((Iterable<?>) value).iterator(), executor);
    }
    return null;
  }
}
