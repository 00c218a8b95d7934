/** Our server against official clients, and our client against official servers. */
@NullMarked
package io.hubbub.interop;

import org.jspecify.annotations.NullMarked;
