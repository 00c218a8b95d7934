/** Reactive libraries that applications bring along; none of them is needed. */
@NullMarked
package io.hubbub.internal.reactive;

import org.jspecify.annotations.NullMarked;
