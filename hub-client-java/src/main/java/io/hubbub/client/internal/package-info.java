/** The inside of a connection: its state, its calls both ways, its end and its return. */
@NullMarked
package io.hubbub.client.internal;

import org.jspecify.annotations.NullMarked;
