/** Transport sockets: raw and TLS, downstream and upstream; secrets. */
@NullMarked
package io.layar.proxy.transport;

import org.jspecify.annotations.NullMarked;
