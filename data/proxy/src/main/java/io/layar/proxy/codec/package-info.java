/**
 * The border between HTTP's meaning and its bytes. Codecs (HTTP/1, HTTP/2) live on one side of these interfaces; the connection
 * manager and the upstream pools on the other, and neither knows which version it talks to.
 */
@NullMarked
package io.layar.proxy.codec;

import org.jspecify.annotations.NullMarked;
