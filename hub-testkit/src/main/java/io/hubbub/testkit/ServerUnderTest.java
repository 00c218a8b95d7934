package io.hubbub.testkit;

import io.hubbub.http.HubHttp;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A server that a {@link TransportContract} tries. Threads: one. */
public interface ServerUnderTest extends AutoCloseable {
  /** Scheme, host and port, without a slash at the end. */
  URI uri();

  /** Ends in order what the server serves, as {@link HubHttp#shutdown}. */
  CompletionStage<Void> shutdown(Duration limit);

  /** Stops the server; idempotent. */
  @Override
  void close();
}
