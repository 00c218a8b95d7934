/** Our Java client and Microsoft's, doing the same against the same server. */
@NullMarked
package io.hubbub.benchmarks.client;

import org.jspecify.annotations.NullMarked;
