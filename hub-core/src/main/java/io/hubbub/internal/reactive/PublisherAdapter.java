package io.hubbub.internal.reactive;

import io.hubbub.spi.StreamAdapter;
import java.util.concurrent.Flow;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;

/**
 * Streams of any library that speaks Reactive Streams; demand passes through as it is.
 *
 * <p>Threads: immutable; any.
 */
final class PublisherAdapter implements StreamAdapter {
  @Override
  public boolean isStream(Class<?> declaredType) {
    return Publisher.class.isAssignableFrom(declaredType);
  }

  @Override
  public Flow.Publisher<?> toPublisher(Object stream) {
    return FlowAdapters.toFlowPublisher((Publisher<?>) stream);
  }

  @Override
  public boolean isUpload(Class<?> declaredType) {
    return declaredType == Publisher.class;
  }

  @Override
  public Object fromPublisher(Class<?> declaredType, Flow.Publisher<?> upload) {
    return FlowAdapters.toPublisher(upload);
  }
}
