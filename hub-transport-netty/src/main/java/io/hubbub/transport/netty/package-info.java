/** The stand-alone hub server on Netty. */
@NullMarked
package io.hubbub.transport.netty;

import org.jspecify.annotations.NullMarked;
