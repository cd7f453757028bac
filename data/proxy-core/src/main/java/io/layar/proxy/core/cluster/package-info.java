/** Clusters: their compiled configuration, hosts, circuit breakers, stats. */
@NullMarked
package io.layar.proxy.core.cluster;

import org.jspecify.annotations.NullMarked;
