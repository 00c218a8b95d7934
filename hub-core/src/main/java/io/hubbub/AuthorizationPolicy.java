package io.hubbub;

import io.hubbub.spi.Identity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named rule for {@link Authorize}. Called on the hub executor for methods, on the transport's
 * thread for connections.
 */
@FunctionalInterface
public interface AuthorizationPolicy {
  /**
   * Whether a user may connect or call.
   *
   * @param request what is asked for
   */
  boolean permits(Request request);

  /**
   * What is asked for.
   *
   * @param identity the user; {@link Identity#ANONYMOUS} when nobody was authenticated
   * @param hub the hub's class
   * @param method the method's name; null when a connection is asked for
   * @param arguments what the client sent; empty for a connection
   */
  record Request(
      Identity identity,
      Class<? extends BaseHub> hub,
      @Nullable String method,
      List<@Nullable Object> arguments) {}
}
