/** From a URL to a pipe of bytes: negotiate, tokens, and the three transports. */
@NullMarked
package io.hubbub.client.internal.transport;

import org.jspecify.annotations.NullMarked;
