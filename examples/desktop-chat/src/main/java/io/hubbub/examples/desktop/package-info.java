/** A chat client for the desktop. */
@NullMarked
package io.hubbub.examples.desktop;

import org.jspecify.annotations.NullMarked;
