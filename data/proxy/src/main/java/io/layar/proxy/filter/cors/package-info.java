/** Cross-origin resource sharing. */
@NullMarked
package io.layar.proxy.filter.cors;

import org.jspecify.annotations.NullMarked;
