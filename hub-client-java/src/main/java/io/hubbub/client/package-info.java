/** The Java client for hubs. */
@NullMarked
package io.hubbub.client;

import org.jspecify.annotations.NullMarked;
