/**
 * The JSON hub protocol: JSON records separated by the byte 0x1E. Jackson's types never leave this
 * package, apart from the mapper a builder takes.
 */
@NullMarked
package io.hubbub.protocol.json;

import org.jspecify.annotations.NullMarked;
