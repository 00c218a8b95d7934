package io.hubbub.client.internal;

import io.hubbub.client.ClientMethod;
import io.hubbub.client.Registration;
import java.lang.reflect.Type;
import java.util.List;

/**
 * The client's methods, as the server sees them.
 *
 * <p>Threads: any.
 */
public final class ClientMethods {
  private final Handlers handlers;

  ClientMethods(Handlers handlers) {
    this.handlers = handlers;
  }

  /** Adds a method whose return value is ignored. */
  public Registration add(String target, List<Type> types, ClientMethod method) {
    return handlers.add(new Handlers.Handler(target, List.copyOf(types), method, false));
  }

  /** Adds a method whose return value is the answer. */
  public Registration addAnswering(String target, List<Type> types, ClientMethod method) {
    return handlers.add(new Handlers.Handler(target, List.copyOf(types), method, true));
  }

  /** Takes all methods of a name back. */
  public void removeAll(String target) {
    handlers.removeAll(target);
  }
}
