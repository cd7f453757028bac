/** Istio's extension kinds: WebAssembly plug-ins and traffic extensions. */
@NullMarked
package io.layar.config.extensions;

import org.jspecify.annotations.NullMarked;
