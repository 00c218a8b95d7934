/**
 * Who is here and how a message reaches them: index, encode-once delivery, the backplane's manager.
 */
@NullMarked
package io.hubbub.internal.delivery;

import org.jspecify.annotations.NullMarked;
