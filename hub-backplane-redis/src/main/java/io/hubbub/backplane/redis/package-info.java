/** Several nodes behind one Redis. */
@NullMarked
package io.hubbub.backplane.redis;

import org.jspecify.annotations.NullMarked;
