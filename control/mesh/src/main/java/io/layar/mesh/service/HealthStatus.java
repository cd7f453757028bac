package io.layar.mesh.service;

/** Health of an endpoint as the control plane knows it. */
public enum HealthStatus {
    /** Nobody checks it. */
    UNKNOWN,
    HEALTHY,
    UNHEALTHY,
    DRAINING,
    TERMINATING
}
