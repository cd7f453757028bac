/** VirtualServices, DestinationRules and Gateways, merged and indexed. */
@NullMarked
package io.layar.mesh.routing;

import org.jspecify.annotations.NullMarked;
