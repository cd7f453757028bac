package io.layar.proxy.core.lb;

import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.stream.StreamInfo;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes the host whose address a header or dynamic metadata names, if it is known and not unhealthy; else asks another balancer.
 *
 * <p>Shape: several addresses may stand separated by commas, to be tried in that order. Thread: any (immutable).
 */
final class OverrideHostBalancer {
    private final LbPolicy.OverrideHost policy;
    private final Map<String, Host> byAddress;

    private OverrideHostBalancer(LbPolicy.OverrideHost policy, Map<String, Host> byAddress) {
        this.policy = policy;
        this.byAddress = byAddress;
    }

    static OverrideHostBalancer of(LbPolicy.OverrideHost policy, PrioritySet set) {
        return new OverrideHostBalancer(policy, byAddress(set));
    }

    static Map<String, Host> byAddress(PrioritySet set) {
        Map<String, Host> hosts = new HashMap<>();
        set.forEachHost(host -> hosts.put(host.address().text(), host));
        return hosts;
    }

    LoadBalancer before(LoadBalancer fallback) {
        return context -> {
            Host wished = wished(context);
            return wished != null ? wished : fallback.choose(context);
        };
    }

    private @Nullable Host wished(LoadBalancerContext context) {
        for (LbPolicy.OverrideSource source : policy.sources()) {
            String named = named(source, context);
            if (named == null) {
                continue;
            }
            for (String address : named.split(",", -1)) {
                Host host = byAddress.get(address.trim());
                if (host != null && host.health() != Host.Health.UNHEALTHY && !context.shouldSelectAnotherHost(host)) {
                    return host;
                }
            }
        }
        return null;
    }

    private static @Nullable String named(LbPolicy.OverrideSource source, LoadBalancerContext context) {
        if (source.header() != null) {
            return context.requestHeader(source.header());
        }
        StreamInfo info = context.streamInfo();
        String namespace = source.metadataNamespace();
        return info != null
                        && namespace != null
                        && info.dynamicMetadata().get(namespace, source.metadataPath()) instanceof String text
                ? text
                : null;
    }
}
