/** The chat on two nodes behind nginx. */
@NullMarked
package io.hubbub.examples.cluster;

import org.jspecify.annotations.NullMarked;
