/**
 * What the author of an adapter touches: transports (in front of a hub), lifetime managers and
 * backplanes (behind it), activation, identity, time.
 */
@NullMarked
package io.hubbub.spi;

import org.jspecify.annotations.NullMarked;
