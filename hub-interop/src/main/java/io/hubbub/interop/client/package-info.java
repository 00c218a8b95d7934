/** Our Java client as a program: behind a line protocol, and checking itself against any server. */
@NullMarked
package io.hubbub.interop.client;

import org.jspecify.annotations.NullMarked;
