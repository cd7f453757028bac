package io.layar.xdsgen.envoyfilter;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.TransportSocketMatch;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.layar.config.networking.EnvoyFilter.ApplyTo;
import io.layar.config.networking.EnvoyFilter.ClusterMatch;
import io.layar.config.networking.EnvoyFilter.Patch.Operation;
import io.layar.config.networking.EnvoyFilter.PatchContext;
import io.layar.mesh.ProxyView;
import io.layar.xdsgen.envoy.ClusterNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Patches of clusters. */
public final class ClusterPatches {
    private final Patches patches;
    private final PatchContext context;

    public ClusterPatches(Patches patches, PatchContext context) {
        this.patches = patches;
        this.context = context;
    }

    /** {@link #apply(Cluster, List)} with the patches of a proxy. */
    public static @Nullable Cluster apply(ProxyView view, PatchContext context, Cluster cluster, List<String> hosts) {
        return new ClusterPatches(Patches.of(view), context).apply(cluster, hosts);
    }

    /** {@link #inserted()} with the patches of a proxy. */
    public static List<Cluster> inserted(ProxyView view, PatchContext context) {
        return new ClusterPatches(Patches.of(view), context).inserted();
    }

    /**
     * Null when a patch removes the cluster.
     *
     * @param hosts the services behind an inbound cluster, whose name does not tell
     */
    public @Nullable Cluster apply(Cluster cluster, List<String> hosts) {
        Cluster.Builder out = cluster.toBuilder();
        for (Patch patch : patches.to(ApplyTo.CLUSTER)) {
            if (!patch.isFor(context) || !matches(out.getName(), hosts, patch)) {
                continue;
            }
            if (patch.operation() == Operation.REMOVE) {
                return null;
            }
            if (patch.isMerge() && patch.value() instanceof Cluster value && !mergedSocket(out, value)) {
                patch.mergeInto(out);
            }
        }
        return out.build();
    }

    /** Clusters that are added; those without a side only to outbound ones and to gateways. */
    public List<Cluster> inserted() {
        List<Cluster> out = new ArrayList<>();
        boolean byDefault = context == PatchContext.SIDECAR_OUTBOUND || context == PatchContext.GATEWAY;
        for (Patch patch : patches.to(ApplyTo.CLUSTER)) {
            if (patch.operation() == Operation.ADD
                    && patch.isFor(context)
                    && (byDefault || !patch.isForAny())
                    && patch.value() instanceof Cluster value) {
                out.add(value);
            }
        }
        return out;
    }

    private static boolean matches(String name, List<String> hosts, Patch patch) {
        ClusterMatch match = patch.match() == null ? null : patch.match().cluster();
        if (match == null) {
            return true;
        }
        if (!match.name().isEmpty()) {
            return match.name().equals(name);
        }
        ClusterNames.Parts parsed = ClusterNames.parse(name);
        ClusterNames.Parts parts = parsed == null ? new ClusterNames.Parts("", 0, "", "") : parsed;
        boolean inbound = parts.direction().equals("inbound") && !hosts.isEmpty();
        return (match.subset().isEmpty() || match.subset().equals(parts.subset()))
                && (match.service().isEmpty() || (inbound ? hosts : List.of(parts.host())).contains(match.service()))
                && (match.portNumber() == 0 || match.portNumber() == parts.port());
    }

    /** A patch with a transport socket goes into the one of that name, or takes the place of another; nothing else merges. */
    private static boolean mergedSocket(Cluster.Builder cluster, Cluster patch) {
        if (!patch.hasTransportSocket()) {
            return false;
        }
        TransportSocket wanted = patch.getTransportSocket();
        if (cluster.getTransportSocketMatchesCount() > 0) {
            for (int i = 0; i < cluster.getTransportSocketMatchesCount(); i++) {
                TransportSocketMatch match = cluster.getTransportSocketMatches(i);
                if (match.getTransportSocket().getName().equals(wanted.getName())) {
                    cluster.setTransportSocketMatches(
                            i, match.toBuilder().setTransportSocket(merged(match.getTransportSocket(), wanted)));
                    break;
                }
            }
            return true;
        }
        boolean same = cluster.hasTransportSocket()
                && cluster.getTransportSocket().getName().equals(wanted.getName());
        cluster.setTransportSocket(same ? merged(cluster.getTransportSocket(), wanted) : wanted);
        return true;
    }

    private static TransportSocket merged(TransportSocket socket, TransportSocket patch) {
        return socket.hasTypedConfig() && patch.hasTypedConfig()
                ? socket.toBuilder()
                        .setTypedConfig(ProtoMerge.merge(socket.getTypedConfig(), patch.getTypedConfig()))
                        .build()
                : socket;
    }
}
