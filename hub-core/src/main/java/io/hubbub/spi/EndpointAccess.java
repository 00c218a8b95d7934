package io.hubbub.spi;

/** Decides who may make requests to a hub at all, from the annotations on its class. */
@FunctionalInterface
public interface EndpointAccess {
  /** The decision for one request. */
  Decision decide(Identity identity);

  /** What an HTTP request is answered. */
  enum Decision {
    /** It goes on. */
    PERMITTED,
    /** Nobody was authenticated: 401. */
    UNAUTHENTICATED,
    /** Somebody else may: 403. */
    FORBIDDEN
  }
}
