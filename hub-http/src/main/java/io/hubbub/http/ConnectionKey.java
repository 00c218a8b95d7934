package io.hubbub.http;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * How a connection is known.
 *
 * @param id public: hubs and other clients may see it
 * @param token secret: whoever has it may use the connection. The same as the id where the client's
 *     version of negotiate knows no other
 */
record ConnectionKey(String id, String token) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 16;

  /** A key with a token of its own. */
  static ConnectionKey secret() {
    return new ConnectionKey(random(), random());
  }

  /** A key whose id is the token. */
  static ConnectionKey plain() {
    String id = random();
    return new ConnectionKey(id, id);
  }

  /** Does not show the token. */
  @Override
  public String toString() {
    return id;
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
