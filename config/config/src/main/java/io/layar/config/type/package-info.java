/** Selectors that several kinds share. */
@NullMarked
package io.layar.config.type;

import org.jspecify.annotations.NullMarked;
