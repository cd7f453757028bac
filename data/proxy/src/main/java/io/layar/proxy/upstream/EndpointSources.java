package io.layar.proxy.upstream;

import io.layar.proxy.core.cluster.Assignment;
import io.layar.proxy.core.cluster.ClusterConfig;
import io.layar.proxy.core.cluster.Discovery;
import io.layar.proxy.network.Services;

/** Makes the endpoint source of each cluster. Thread: main loop. */
final class EndpointSources {
    private final DnsResolvers resolvers;
    private final Services services;

    EndpointSources(Services services) {
        this.services = services;
        this.resolvers = new DnsResolvers(services.workers().main());
    }

    EndpointSource of(ClusterConfig config) {
        return switch (config.discovery()) {
            case Discovery.Static _ -> new Fixed(config.assignment());
            case Discovery.OriginalDst _ -> new Fixed(Assignment.EMPTY);
            case Discovery.Eds eds -> new EdsSource(eds, services);
            case Discovery.StrictDns dns -> new DnsSource(config.assignment(), dns.dns(), false, resolvers, services);
            case Discovery.LogicalDns dns -> new DnsSource(config.assignment(), dns.dns(), true, resolvers, services);
        };
    }

    /** Endpoints that are in the configuration. */
    private record Fixed(Assignment assignment) implements EndpointSource {
        @Override
        public void start(Sink sink) {
            sink.assign(assignment);
        }

        @Override
        public void close() {
            // Nothing runs.
        }
    }
}
