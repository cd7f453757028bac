package io.layar.xdsgen.cluster;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.layar.config.networking.EnvoyFilter.PatchContext;
import io.layar.mesh.ProxyView;
import io.layar.xdsgen.XdsResource;
import io.layar.xdsgen.envoyfilter.ClusterPatches;
import io.layar.xdsgen.envoyfilter.Patches;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** EnvoyFilters put over clusters. Thread: the one that generates. */
final class ClusterPatcher {
    private final Patches patches;
    private final Map<PatchContext, ClusterPatches> byContext = new EnumMap<>(PatchContext.class);

    ClusterPatcher(ProxyView view) {
        this.patches = Patches.of(view);
    }

    private ClusterPatches in(PatchContext context) {
        return byContext.computeIfAbsent(context, c -> new ClusterPatches(patches, c));
    }

    /** The cluster after the patches; null when one of them removes it. */
    @Nullable
    XdsResource apply(PatchContext context, XdsResource resource, List<String> hosts) {
        Cluster before = (Cluster) resource.message();
        Cluster after = in(context).apply(before, hosts);
        if (after == before) {
            return resource;
        }
        return after == null ? null : new XdsResource(after.getName(), after, resource.provenance());
    }

    List<XdsResource> inserted(PatchContext context) {
        return in(context).inserted().stream()
                .map(cluster -> new XdsResource(cluster.getName(), cluster, ImmutableList.of()))
                .toList();
    }
}
