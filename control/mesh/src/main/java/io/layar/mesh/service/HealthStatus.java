package io.layar.mesh.service;

/** Health of an endpoint as the control plane knows it. */
public enum HealthStatus {
    HEALTHY,
    UNHEALTHY,
    DRAINING,
    TERMINATING
}
