package io.hubbub.transport.netty;

import io.hubbub.http.HttpExchange;

/** Something that answers requests. Threads: called on event loops; must not block. */
@FunctionalInterface
interface Site {
  /**
   * Takes a request and answers it, now or later.
   *
   * @return false: it is none of this site's and nothing has been done
   */
  boolean handle(HttpExchange exchange);
}
