package io.hubbub.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link HandshakeRequest}.
 *
 * @param error why the server refused; null when it agreed
 */
public record HandshakeResponse(@Nullable String error) {
  /** The server agrees. */
  public static final HandshakeResponse OK = new HandshakeResponse(null);

  /** The server refuses and ends the connection. */
  public static HandshakeResponse error(String error) {
    return new HandshakeResponse(error);
  }
}
