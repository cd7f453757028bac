/** Istio's security kinds: authorization, peer and request authentication. */
@NullMarked
package io.layar.config.security;

import org.jspecify.annotations.NullMarked;
