package io.hubbub;

import org.jspecify.annotations.Nullable;

/**
 * A {@link Hub} whose clients are called through an interface: {@code
 * clients().all().receiveMessage(user, text)}.
 *
 * <p>A method of the interface that returns {@code void} or {@code CompletionStage<Void>} is a
 * send. One that returns {@code CompletionStage<R>} or {@code CompletableFuture<R>} asks for the
 * client's answer, which only a single client can give. The name on the wire is the method's own,
 * or its {@link HubMethodName}.
 *
 * @param <C> the interface
 */
public abstract non-sealed class TypedHub<C> extends BaseHub {
  private @Nullable TypedCallerClients<C> typedClients;

  /**
   * For subclasses; {@link #clients()}, {@link #groups()} and {@link #context()} work only inside a
   * call, not yet here.
   */
  protected TypedHub() {}

  /** The clients that can be addressed. */
  public final TypedCallerClients<C> clients() {
    TypedCallerClients<C> known = typedClients;
    if (known == null) {
      known = scope().clients().typed(TypedHubs.clientInterface(this));
      typedClients = known;
    }
    return known;
  }
}
