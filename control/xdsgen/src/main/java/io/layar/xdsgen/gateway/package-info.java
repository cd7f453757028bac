/** Listeners and routes of gateways. */
@NullMarked
package io.layar.xdsgen.gateway;

import org.jspecify.annotations.NullMarked;
