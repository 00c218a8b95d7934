package io.hubbub;

/**
 * A set of methods that clients call by name, and the place from which they are called back.
 * Subclass it and map it with {@link Hubs.Builder#hub}; every public method that the subclass adds
 * is callable, whatever its name's case on the wire.
 *
 * <p>An object of the class lives for one call: keep nothing in its fields, use {@link
 * HubCallerContext#items()}.
 *
 * <p>Threads: methods run on the hub executor (virtual threads where the JVM has them), so they may
 * block; one call at a time per connection unless {@link HubOptions#maximumParallelInvocations()}
 * says otherwise.
 */
public abstract non-sealed class Hub extends BaseHub {
  /**
   * For subclasses; {@link #clients()}, {@link #groups()} and {@link #context()} work only inside a
   * call, not yet here.
   */
  protected Hub() {}

  /** The clients that can be addressed. */
  public final HubCallerClients clients() {
    return scope().clients();
  }
}
