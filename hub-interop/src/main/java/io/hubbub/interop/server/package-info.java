/** Servers that the interop tests and scripts start: embedded containers and what they serve. */
@NullMarked
package io.hubbub.interop.server;

import org.jspecify.annotations.NullMarked;
