/** Clusters: outbound, inbound and the fixed ones, with the traffic policies of destination rules. */
@NullMarked
package io.layar.xdsgen.cluster;

import org.jspecify.annotations.NullMarked;
