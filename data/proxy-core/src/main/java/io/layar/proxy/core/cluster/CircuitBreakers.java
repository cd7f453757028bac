package io.layar.proxy.core.cluster;

/**
 * The limited resources of a cluster at one priority, shared by all workers.
 *
 * <p>Shape: {@code retries} is a fixed limit or a budget. Thread: any.
 */
public record CircuitBreakers(
        Resource connections, Resource pendingRequests, Resource requests, Resource retries, Resource connectionPools) {}
