/** What the codecs share. Not exported. */
@NullMarked
package io.hubbub.protocol.internal;

import org.jspecify.annotations.NullMarked;
