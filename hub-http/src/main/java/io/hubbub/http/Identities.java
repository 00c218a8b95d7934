package io.hubbub.http;

import io.hubbub.spi.Identity;

/** Compares who makes requests. Threads: any. */
final class Identities {
  private Identities() {}

  /** Whether two identities are the same user, or both nobody. */
  static boolean areSameUser(Identity one, Identity other) {
    return one.name().equals(other.name());
  }

  /** Whether two identities say the same, as far as it can be compared. */
  static boolean saySame(Identity one, Identity other) {
    return one == other
        || (areSameUser(one, other)
            && one.claims().equals(other.claims())
            && one.expiresAt().equals(other.expiresAt()));
  }
}
