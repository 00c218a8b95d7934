/** Negotiation and the HTTP transports, written once for every HTTP server. */
@NullMarked
package io.hubbub.http;

import org.jspecify.annotations.NullMarked;
