/** The status that Istio writes on its resources. */
@NullMarked
package io.layar.config.meta;

import org.jspecify.annotations.NullMarked;
