/** The document that answers a negotiate request, read by clients and written by servers. */
@NullMarked
package io.hubbub.protocol.negotiate;

import org.jspecify.annotations.NullMarked;
