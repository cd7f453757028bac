package io.layar.mesh.service;

/** A port of a service that a proxy's own workload serves, and the workload's port behind it. */
public record ServiceTarget(Service service, ServicePort port, int targetPort) {}
