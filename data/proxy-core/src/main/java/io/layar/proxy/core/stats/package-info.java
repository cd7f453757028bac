/** Counters, gauges and histograms under Envoy's names. */
@NullMarked
package io.layar.proxy.core.stats;

import org.jspecify.annotations.NullMarked;
