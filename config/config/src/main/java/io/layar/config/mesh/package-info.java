/** Mesh configuration: what holds for the whole mesh and the defaults of its proxies. */
@NullMarked
package io.layar.config.mesh;

import org.jspecify.annotations.NullMarked;
