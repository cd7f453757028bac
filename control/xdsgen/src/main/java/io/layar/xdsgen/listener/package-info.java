/** Listeners of sidecars. */
@NullMarked
package io.layar.xdsgen.listener;

import org.jspecify.annotations.NullMarked;
