package io.hubbub.internal.reactive;

import java.util.concurrent.CompletionStage;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reactor: a {@link Flux} is a stream or an upload, a {@link Mono} one result that comes later.
 *
 * <p>Threads: immutable; any.
 */
final class ReactorAdapter extends PublisherAdapter {
  ReactorAdapter() {
    super(Flux.class, Flux::from);
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
