package io.hubbub;

import org.jspecify.annotations.Nullable;

/** What {@link Hub} and {@link TypedHub} have in common; applications subclass one of those. */
public abstract sealed class BaseHub permits Hub, TypedHub {
  private @Nullable HubScope scope;

  BaseHub() {}

  /** Puts connections into groups and takes them out. */
  public final Groups groups() {
    return scope().groups();
  }

  /** Who is calling. */
  public final HubCallerContext context() {
    return scope().context();
  }

  /**
   * A client has connected; its calls wait until this returns. An exception refuses the connection;
   * {@link #onDisconnected} is not called then.
   *
   * @throws Exception to refuse the connection
   */
  public void onConnected() throws Exception {}

  /**
   * A client has gone. It is still in its groups, but nothing sent to it arrives any more.
   *
   * @param cause what ended the connection; null when the client or the server ended it in order
   * @throws Exception is logged
   */
  public void onDisconnected(@Nullable Throwable cause) throws Exception {}

  /**
   * Ties this object to one call. Called by the dispatcher, and by an application's own tests of
   * its hub.
   *
   * @param newScope what the call offers
   */
  public final void enter(HubScope newScope) {
    this.scope = newScope;
  }

  final HubScope scope() {
    HubScope current = scope;
    if (current == null) {
      throw new IllegalStateException(
          "Expected a call in progress: clients(), groups() and context() are not available in a hub's constructor");
    }
    return current;
  }
}
