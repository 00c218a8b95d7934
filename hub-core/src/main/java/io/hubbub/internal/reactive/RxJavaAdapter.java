package io.hubbub.internal.reactive;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * RxJava 3: a {@link Flowable} is a stream or an upload; {@link Single}, {@link Maybe} and {@link
 * Completable} are one result that comes later. An {@code Observable} knows no demand: a hub says
 * itself, by {@code toFlowable}, what becomes of items that a slow client does not want yet.
 *
 * <p>Threads: immutable; any.
 */
final class RxJavaAdapter extends PublisherAdapter {
  RxJavaAdapter() {
    super(Flowable.class, Flowable::fromPublisher);
  }

  @Override
  public boolean isSingle(Class<?> declaredType) {
    return Single.class.isAssignableFrom(declaredType)
        || Maybe.class.isAssignableFrom(declaredType)
        || Completable.class.isAssignableFrom(declaredType);
  }

  @Override
  public CompletionStage<?> toStage(Object single) {
    if (single instanceof Maybe<?> maybe) {
      return stageOf(maybe);
    }
    if (single instanceof Completable completable) {
      return completable.toCompletionStage(null);
    }
    return ((Single<?>) single).toCompletionStage();
  }

  private static <T> CompletionStage<?> stageOf(Maybe<T> maybe) {
    return maybe
        .map(Optional::of)
        .defaultIfEmpty(Optional.empty())
        .toCompletionStage()
        .thenApply(found -> found.orElse(null));
  }
}
