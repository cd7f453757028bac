package io.layar.config.networking;

import com.google.common.collect.ImmutableMap;
import io.layar.config.decode.Unsigned;

/** A workload outside of Kubernetes, such as a virtual machine. */
public record WorkloadEntry(
        String address,
        @Unsigned ImmutableMap<String, Integer> ports,
        ImmutableMap<String, String> labels,
        String network,
        String locality,
        @Unsigned int weight,
        String serviceAccount) {}
