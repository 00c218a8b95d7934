/** The MessagePack hub protocol: arrays behind a variable-length size prefix. */
@NullMarked
package io.hubbub.protocol.msgpack;

import org.jspecify.annotations.NullMarked;
