/** Hubs in a Jakarta EE container. */
@NullMarked
package io.hubbub.transport.jakarta;

import org.jspecify.annotations.NullMarked;
