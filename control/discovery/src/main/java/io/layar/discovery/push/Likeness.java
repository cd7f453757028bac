package io.layar.discovery.push;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.layar.config.Kinds;
import io.layar.mesh.ProxyView;
import io.layar.mesh.proxy.Proxy;
import java.util.Set;

/**
 * What of a proxy its resources depend on, with its hash at hand: it is looked up for every push.
 *
 * <p>Replicas of one workload are alike: their names and addresses are left out, except where a resource holds them.
 * Thread: any (immutable).
 */
final class Likeness {
    /** Metadata that only says which of several like proxies this is. */
    private static final ImmutableSet<String> IDENTITY =
            ImmutableSet.of("NAME", "INSTANCE_IPS", "APP_CONTAINERS", "PILOT_SAN", "POD_IP", "OWNER_UID", "UID");

    /** Metadata of the workload that no endpoint depends on. */
    private static final ImmutableSet<String> WORKLOAD =
            ImmutableSet.of("LABELS", "ANNOTATIONS", "WORKLOAD_NAME", "SERVICE_ACCOUNT", "OWNER", "PROXY_CONFIG");

    private final ImmutableList<Object> parts;
    private final int hash;

    private Likeness(ImmutableList<Object> parts) {
        this.parts = parts;
        this.hash = parts.hashCode();
    }

    /** For clusters, routes and all else that does not name its proxy. */
    static Likeness of(ProxyView view) {
        return new Likeness(common(view).build());
    }

    /** For listeners: some bind the proxy's own address, or name it as the source of traces. */
    static Likeness ofListeners(ProxyView view) {
        ImmutableList.Builder<Object> parts = common(view);
        if (view.scope().hasIngressListeners()
                || view.targets().stream().anyMatch(target -> target.service().isHeadless())) {
            parts.add(view.proxy().ips());
        }
        if (tracing(view)) {
            parts.add(view.proxy().id());
        }
        return new Likeness(parts.build());
    }

    /** For endpoints: what a proxy itself serves does not matter, so all workloads of a namespace and a place share them. */
    static Likeness ofEndpoints(ProxyView view, LabelUse labels) {
        Proxy proxy = view.proxy();
        return new Likeness(ImmutableList.<Object>builder()
                .add(proxy.type(), proxy.namespace(), proxy.dnsDomain(), labels.of(view))
                .add(metadata(proxy, Sets.union(IDENTITY, WORKLOAD)))
                .add(proxy.locality(), proxy.version(), proxy.extensions())
                .add(proxy.supportsIpv4(), proxy.supportsIpv6())
                .build());
    }

    private static ImmutableMap<String, Object> metadata(Proxy proxy, Set<String> without) {
        ImmutableMap.Builder<String, Object> metadata = ImmutableMap.builder();
        proxy.metadata().fields().forEach((name, value) -> {
            if (!without.contains(name)) {
                metadata.put(name, value);
            }
        });
        return metadata.buildOrThrow();
    }

    private static boolean tracing(ProxyView view) {
        var defaults = view.mesh().defaultProviders();
        return view.proxyConfig().tracing() != null
                || (defaults != null && !defaults.tracing().isEmpty())
                || !view.config().of(Kinds.TELEMETRY).isEmpty();
    }

    private static ImmutableList.Builder<Object> common(ProxyView view) {
        Proxy proxy = view.proxy();
        return ImmutableList.builder()
                .add(proxy.type(), proxy.namespace(), proxy.dnsDomain(), proxy.labels(), metadata(proxy, IDENTITY))
                .add(proxy.locality(), proxy.version(), proxy.extensions())
                .add(proxy.supportsIpv4(), proxy.supportsIpv6())
                .add(view.targets(), view.gateways());
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Likeness that && hash == that.hash && parts.equals(that.parts));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
