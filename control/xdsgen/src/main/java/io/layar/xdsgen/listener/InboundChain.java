package io.layar.xdsgen.listener;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.layar.config.networking.ServerTLSSettings;
import io.layar.mesh.service.Protocol;
import io.layar.mesh.service.Service;
import io.layar.xdsgen.envoy.ClusterNames;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.filterchain.InboundMatch;
import org.jspecify.annotations.Nullable;

/**
 * Inbound traffic to one port of the workload.
 *
 * <p>Shape: {@code targetPort} is the workload's port, 0 for all that no other chain names; {@code port} and {@code portName}
 * are the service's. {@code service} is null for a Sidecar's own listener, whose {@code host} is made up.
 */
record InboundChain(
        int port,
        String portName,
        Protocol protocol,
        int targetPort,
        Binding binding,
        boolean passthrough,
        String host,
        @Nullable Service service,
        @Nullable ServerTLSSettings tls,
        @Nullable Metadata metadata,
        ImmutableList<String> origins) {
    private static final String NAME = "virtualInbound";

    /** What no service names, on one port or (0) on all. */
    static InboundChain passthrough(int port) {
        return new InboundChain(
                0,
                NAME,
                Protocol.UNSUPPORTED,
                port,
                new Binding(ImmutableList.of(), false),
                true,
                "",
                null,
                null,
                null,
                ImmutableList.of());
    }

    InboundChain withProtocol(Protocol other) {
        return new InboundChain(
                port, portName, other, targetPort, binding, passthrough, host, service, tls, metadata, origins);
    }

    String cluster() {
        return passthrough ? ClusterNames.INBOUND_PASSTHROUGH : ClusterNames.inbound(targetPort);
    }

    String name(boolean http) {
        if (passthrough) {
            return http ? NAME + "-catchall-http" : NAME;
        }
        return Binding.listenerName(binding.primary(), targetPort);
    }

    /** Of a connection manager's statistics. */
    String statPrefix() {
        return passthrough ? cluster() : "inbound_" + name(true);
    }

    FilterChainMatch match(InboundMatch match) {
        FilterChainMatch.Builder out = FilterChainMatch.newBuilder()
                .addAllApplicationProtocols(match.applicationProtocols())
                .setTransportProtocol(match.transportProtocol());
        if (targetPort > 0) {
            out.setDestinationPort(Protos.uint32(targetPort));
        }
        return out.build();
    }
}
