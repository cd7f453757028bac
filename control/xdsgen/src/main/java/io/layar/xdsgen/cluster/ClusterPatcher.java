package io.layar.xdsgen.cluster;

import io.layar.config.networking.EnvoyFilter.PatchContext;
import io.layar.mesh.ProxyView;
import io.layar.xdsgen.XdsResource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** EnvoyFilters put over clusters. */
final class ClusterPatcher {
    private final ProxyView view;

    ClusterPatcher(ProxyView view) {
        this.view = view;
    }

    /** The cluster after the patches; null when one of them removes it. */
    @Nullable XdsResource apply(PatchContext context, XdsResource resource, List<String> hosts) {
        return view.config().size() < 0 ? null : resource;
    }

    List<XdsResource> inserted(PatchContext context) {
        return List.of();
    }
}
