/** Damaged and hostile input, from corpora that grow with every find. */
@NullMarked
package io.hubbub.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
