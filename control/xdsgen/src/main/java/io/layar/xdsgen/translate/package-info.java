/** Files in, the Envoy configuration of each proxy out. */
@NullMarked
package io.layar.xdsgen.translate;

import org.jspecify.annotations.NullMarked;
