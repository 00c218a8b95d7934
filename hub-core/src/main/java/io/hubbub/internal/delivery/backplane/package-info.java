/**
 * Several nodes, one hub: envelopes, channels, group commands and client results between nodes, in
 * the format of Microsoft's Redis backplane, over any {@link io.hubbub.spi.Backplane}.
 */
@NullMarked
package io.hubbub.internal.delivery.backplane;

import org.jspecify.annotations.NullMarked;
