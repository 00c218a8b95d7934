package io.hubbub;

/** Finds the client interface of a typed hub. */
final class TypedHubs {
  private TypedHubs() {}

  static <C> Class<C> clientInterface(TypedHub<C> hub) {
    throw new UnsupportedOperationException(hub.toString());
  }
}
