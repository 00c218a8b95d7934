package io.hubbub.client;

import java.time.Duration;
import java.util.Optional;

/**
 * What a {@link RetryPolicy} knows when it decides.
 *
 * @param previousRetries how many attempts of this reconnect have failed already
 * @param elapsed the time since the connection was lost
 * @param reason why the connection was lost or the last attempt failed; empty when it ended without
 *     an error
 */
public record RetryContext(long previousRetries, Duration elapsed, Optional<Throwable> reason) {}
