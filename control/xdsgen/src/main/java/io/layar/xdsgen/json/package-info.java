/** Envoy resources as JSON text, the same for equal resources to the byte. */
@NullMarked
package io.layar.xdsgen.json;

import org.jspecify.annotations.NullMarked;
