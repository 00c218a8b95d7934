/** Benchmarks and load tests. */
@NullMarked
package io.hubbub.benchmarks;

import org.jspecify.annotations.NullMarked;
