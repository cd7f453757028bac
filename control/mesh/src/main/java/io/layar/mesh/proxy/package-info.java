/** A connected proxy: what its node says about it. */
@NullMarked
package io.layar.mesh.proxy;

import org.jspecify.annotations.NullMarked;
