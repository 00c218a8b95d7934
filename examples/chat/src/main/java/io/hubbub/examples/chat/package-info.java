/** A chat room. */
@NullMarked
package io.hubbub.examples.chat;

import org.jspecify.annotations.NullMarked;
