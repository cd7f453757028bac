package io.layar.proxy.core.cluster;

/** The routing priority of a request: which circuit breaker thresholds hold, and which pool carries it. */
public enum Priority {
    DEFAULT,
    HIGH
}
