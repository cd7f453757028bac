/** HTTP/2 (RFC 9113) and HPACK (RFC 7541), both sides, on buffers: no library in between. */
@NullMarked
package io.layar.proxy.codec.http2;

import org.jspecify.annotations.NullMarked;
