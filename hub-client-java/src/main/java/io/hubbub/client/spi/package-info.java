/**
 * Other ways to a hub than the network's: what {@link io.hubbub.client.HubConnectionBuilder} asks
 * of a transport of one's own.
 */
@NullMarked
package io.hubbub.client.spi;

import org.jspecify.annotations.NullMarked;
