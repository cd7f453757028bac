/**
 * HTTP/1.0 and HTTP/1.1 on bytes: parsing as tolerant and as strict as Envoy's default parser, and writing.
 * Source: RFC 9112, and what Envoy answers where that leaves a choice.
 */
@NullMarked
package io.layar.proxy.codec.http1;

import org.jspecify.annotations.NullMarked;
