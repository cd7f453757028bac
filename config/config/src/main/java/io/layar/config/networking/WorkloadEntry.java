package io.layar.config.networking;

import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.Elements;
import io.layar.config.decode.Limits;
import io.layar.config.decode.Records;
import io.layar.config.decode.Unsigned;

/** A workload outside of Kubernetes, such as a virtual machine. */
public record WorkloadEntry(
        @Limits(maxSize = 256) String address,

        @Limits(maxSize = 128) @Elements(min = 1, max = 65535) @Unsigned
        ImmutableMap<String, Integer> ports,

        @Limits(maxSize = 256) ImmutableMap<String, String> labels,
        @Limits(maxSize = 2048) String network,
        @Limits(maxSize = 2048) String locality,
        @Unsigned int weight,
        @Limits(maxSize = 253) String serviceAccount) {
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
