package io.hubbub.protocol.negotiate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a server answers when a client asks how to connect. */
public sealed interface NegotiateResponse {
  /**
   * The client may connect here.
   *
   * @param version the negotiate version that both sides follow: 0 or 1
   * @param connectionId the connection's public id
   * @param connectionToken the secret that later requests carry as {@code id}; null in version 0,
   *     where the id is the token
   * @param statefulReconnect whether stateful reconnect was asked for and granted
   * @param availableTransports in the order in which the client should try them
   * @param tokenLifetimeSeconds how long the client's authentication lasts, where it may renew it;
   *     null where it may not or where it does not end
   */
  record Accepted(
      int version,
      String connectionId,
      @Nullable String connectionToken,
      boolean statefulReconnect,
      List<AvailableTransport> availableTransports,
      @Nullable Long tokenLifetimeSeconds)
      implements NegotiateResponse {
    /** Copies the list. */
    public Accepted {
      availableTransports = List.copyOf(availableTransports);
    }

    /** A client whose authentication is not renewed. */
    public Accepted(
        int version,
        String connectionId,
        @Nullable String connectionToken,
        boolean statefulReconnect,
        List<AvailableTransport> availableTransports) {
      this(version, connectionId, connectionToken, statefulReconnect, availableTransports, null);
    }

    /** What later requests carry as {@code id}. */
    public String token() {
      return connectionToken == null ? connectionId : connectionToken;
    }
  }

  /**
   * The client is to negotiate again, somewhere else.
   *
   * @param url where; the path of negotiate is appended to it
   * @param accessToken the access token to use from then on; null to keep the present one
   */
  record Redirect(String url, @Nullable String accessToken) implements NegotiateResponse {}

  /**
   * The client cannot connect.
   *
   * @param error why
   */
  record Refused(String error) implements NegotiateResponse {}
}
