package io.hubbub;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * A snapshot of the HTTP request that made a connection. Names of headers and query parameters
 * ignore case.
 *
 * <p>Threads: immutable; any.
 */
public interface ConnectionRequest {
  /** The path, without the query. */
  String path();

  /** All values of a header, in order; empty when it is absent. */
  List<String> headers(String name);

  /** All decoded values of a query parameter, in order; empty when it is absent. */
  List<String> query(String name);

  /** The peer's address; empty where there is none, as in memory. */
  Optional<InetSocketAddress> remoteAddress();

  /** The first value of a header. */
  default Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  /** The first value of a query parameter. */
  default Optional<String> queryParameter(String name) {
    return query(name).stream().findFirst();
  }
}
