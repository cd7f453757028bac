package io.layar.proxy.xds;

import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.core.v3.Extension;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.layar.proxy.network.Services;
import java.util.List;

/** What a control plane is told of this proxy. Thread: any. */
public final class ProxyNode {
    private ProxyNode() {}

    /**
     * The bootstrap's node under the identity that flags may have changed.
     *
     * @param configTypes the full message names of all extension configurations that this proxy compiles: a control plane sends no
     *     others
     */
    public static Node of(Bootstrap bootstrap, Services.Node identity, String version, List<String> configTypes) {
        Node.Builder node = bootstrap.getNode().toBuilder()
                .setId(identity.id())
                .setCluster(identity.cluster())
                .setUserAgentName("layar")
                .setUserAgentVersion(version)
                .addClientFeatures("envoy.lb.does_not_support_overprovisioning");
        if (!identity.zone().isEmpty()) {
            node.getLocalityBuilder().setZone(identity.zone());
        }
        for (String type : configTypes) {
            node.addExtensions(Extension.newBuilder()
                    .setName(nameOf(type))
                    .setCategory(categoryOf(type))
                    .addTypeUrls(type));
        }
        return node.build();
    }

    /** {@code envoy.extensions.filters.http.router.v3.Router} goes by {@code envoy.filters.http.router}. */
    private static String nameOf(String type) {
        String withoutMessage = type.substring(0, Math.max(0, type.lastIndexOf('.')));
        int version = withoutMessage.lastIndexOf(".v");
        String path = version < 0 ? withoutMessage : withoutMessage.substring(0, version);
        return path.replace("envoy.extensions.", "envoy.");
    }

    private static String categoryOf(String type) {
        String name = nameOf(type);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
