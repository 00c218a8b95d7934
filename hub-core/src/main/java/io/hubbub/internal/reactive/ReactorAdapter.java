package io.hubbub.internal.reactive;

import io.hubbub.spi.StreamAdapter;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reactor: a {@link Flux} is a stream or an upload, a {@link Mono} one result that comes later.
 *
 * <p>Threads: immutable; any.
 */
final class ReactorAdapter implements StreamAdapter {
  @Override
  public boolean isStream(Class<?> declaredType) {
    return Flux.class.isAssignableFrom(declaredType);
  }

  @Override
  public Flow.Publisher<?> toPublisher(Object stream) {
    return FlowAdapters.toFlowPublisher((Publisher<?>) stream);
  }

  @Override
  public boolean isUpload(Class<?> declaredType) {
    return declaredType == Flux.class;
  }

  @Override
  public Object fromPublisher(Class<?> declaredType, Flow.Publisher<?> upload) {
    return Flux.from(FlowAdapters.toPublisher(upload));
  }

  @Override
  public boolean isSingle(Class<?> declaredType) {
    return Mono.class.isAssignableFrom(declaredType);
  }

  @Override
  public CompletionStage<?> toStage(Object single) {
    return ((Mono<?>) single).toFuture();
  }
}
