/** The parts of Kubernetes kinds that a mesh reads. */
@NullMarked
package io.layar.config.kubernetes;

import org.jspecify.annotations.NullMarked;
