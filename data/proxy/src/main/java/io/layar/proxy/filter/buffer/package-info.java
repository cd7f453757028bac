/** Buffers whole requests. */
@NullMarked
package io.layar.proxy.filter.buffer;

import org.jspecify.annotations.NullMarked;
