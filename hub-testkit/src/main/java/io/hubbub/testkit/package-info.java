/** In-memory transport, test client, virtual clock, and the contracts that implementers extend. */
@NullMarked
package io.hubbub.testkit;

import org.jspecify.annotations.NullMarked;
