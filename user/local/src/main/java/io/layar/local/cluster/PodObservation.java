package io.layar.local.cluster;

import io.layar.local.workload.PodPlan;

/** What the control plane is to know of a pod: where it is and how it does. */
public record PodObservation(PodPlan plan, String address, boolean ready, boolean terminating) {}
