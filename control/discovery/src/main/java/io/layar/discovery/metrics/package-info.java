/** The control plane's metrics, with the names that dashboards know. */
@NullMarked
package io.layar.discovery.metrics;

import org.jspecify.annotations.NullMarked;
