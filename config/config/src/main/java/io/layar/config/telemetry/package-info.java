/** Istio's Telemetry kind: traces, metrics, access logs. */
@NullMarked
package io.layar.config.telemetry;

import org.jspecify.annotations.NullMarked;
