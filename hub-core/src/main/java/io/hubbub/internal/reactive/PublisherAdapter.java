package io.hubbub.internal.reactive;

import io.hubbub.spi.StreamAdapter;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;

/**
 * Streams of any library that speaks Reactive Streams; demand passes through as it is. A library
 * with a stream type of its own, and types for one result, extends this.
 *
 * <p>Threads: immutable; any.
 */
class PublisherAdapter implements StreamAdapter {
  private final Class<?> streamType;
  private final Function<Publisher<?>, Object> uploads;

  PublisherAdapter() {
    this(Publisher.class, publisher -> publisher);
  }

  /**
   * @param streamType what a hub method returns or takes; a {@link Publisher}
   * @param uploads makes such a stream of what a client sends
   */
  PublisherAdapter(Class<?> streamType, Function<Publisher<?>, Object> uploads) {
    this.streamType = streamType;
    this.uploads = uploads;
  }

  @Override
  public final boolean isStream(Class<?> declaredType) {
    return streamType.isAssignableFrom(declaredType);
  }

  @Override
  public final Flow.Publisher<?> toPublisher(Object stream) {
    return FlowAdapters.toFlowPublisher((Publisher<?>) stream);
  }

  @Override
  public final boolean isUpload(Class<?> declaredType) {
    return declaredType == streamType;
  }

  @Override
  public final Object fromPublisher(Class<?> declaredType, Flow.Publisher<?> upload) {
    return uploads.apply(FlowAdapters.toPublisher(upload));
  }
}
