package io.layar.config.networking;

import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.Records;
import io.layar.config.decode.Unsigned;

/** A workload outside of Kubernetes, such as a virtual machine. */
public record WorkloadEntry(
        String address,
        @Unsigned ImmutableMap<String, Integer> ports,
        ImmutableMap<String, String> labels,
        String network,
        String locality,
        @Unsigned int weight,
        String serviceAccount) {
    public WorkloadEntry withAddress(String address) {
        return Records.with(this, "address", address);
    }

    public WorkloadEntry withPorts(ImmutableMap<String, Integer> ports) {
        return Records.with(this, "ports", ports);
    }

    public WorkloadEntry withLabels(ImmutableMap<String, String> labels) {
        return Records.with(this, "labels", labels);
    }

    public WorkloadEntry withNetwork(String network) {
        return Records.with(this, "network", network);
    }

    public WorkloadEntry withLocality(String locality) {
        return Records.with(this, "locality", locality);
    }

    public WorkloadEntry withWeight(int weight) {
        return Records.with(this, "weight", weight);
    }

    public WorkloadEntry withServiceAccount(String serviceAccount) {
        return Records.with(this, "serviceAccount", serviceAccount);
    }
}
