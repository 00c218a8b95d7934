/**
 * What the author of a hub touches: {@link io.hubbub.Hub}, the clients, groups and context that it
 * offers, filters, options, and {@link io.hubbub.Hubs}, where everything is put together.
 */
@NullMarked
package io.hubbub;

import org.jspecify.annotations.NullMarked;
