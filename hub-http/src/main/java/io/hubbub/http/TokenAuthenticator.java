package io.hubbub.http;

import io.hubbub.spi.Identity;
import java.util.concurrent.CompletionStage;

/**
 * Finds out who makes a request, in place of the container: usually from an access token. {@link
 * AccessToken#of} says where clients put theirs.
 *
 * <p>Threads: called on the adapter's thread, many at a time; must not block: what needs the
 * network answers later.
 */
@FunctionalInterface
public interface TokenAuthenticator {
  /**
   * Who makes a request.
   *
   * @return {@link Identity#ANONYMOUS} when the request says nothing about it; a stage that fails
   *     when what it says is wrong: nobody is authenticated then, and a hub that needs somebody is
   *     answered 401
   */
  CompletionStage<Identity> authenticate(HttpExchange exchange);
}
