package io.hubbub.protocol;

import org.jspecify.annotations.Nullable;

/**
 * An argument, item or result cannot be written in a protocol. It fails the call that sent it, and
 * nobody else.
 */
public final class HubEncodingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which message could not be written
   * @param cause the serializer's own exception
   */
  public HubEncodingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
