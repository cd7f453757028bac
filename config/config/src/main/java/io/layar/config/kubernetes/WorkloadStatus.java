package io.layar.config.kubernetes;

/** The status of a Deployment or StatefulSet. */
public record WorkloadStatus(int replicas, int readyReplicas, int availableReplicas, long observedGeneration) {}
