/**
 * From a message to a method and back: method table, filters, invocation gate, streams, results.
 */
@NullMarked
package io.hubbub.internal.dispatch;

import org.jspecify.annotations.NullMarked;
