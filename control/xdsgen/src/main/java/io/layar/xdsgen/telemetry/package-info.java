/** Metrics, tracing and access logs of listeners. */
@NullMarked
package io.layar.xdsgen.telemetry;

import org.jspecify.annotations.NullMarked;
