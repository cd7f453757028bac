/** Outlier detection: hosts that answer badly leave the pool for a while. */
@NullMarked
package io.layar.proxy.core.outlier;

import org.jspecify.annotations.NullMarked;
