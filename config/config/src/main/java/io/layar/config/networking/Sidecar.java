package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/** What the proxies of some workloads accept and which services they see. */
public record Sidecar(
        @Nullable WorkloadSelector workloadSelector,
        ImmutableList<IstioIngressListener> ingress,
        ImmutableList<IstioEgressListener> egress,
        @Nullable ConnectionPoolSettings inboundConnectionPool,
        @Nullable OutboundTrafficPolicy outboundTrafficPolicy) {}
