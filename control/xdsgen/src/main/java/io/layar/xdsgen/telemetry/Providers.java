package io.layar.xdsgen.telemetry;

import com.google.common.collect.ImmutableList;
import io.layar.config.mesh.ExtensionProvider;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.telemetry.ProviderRef;
import io.layar.mesh.service.Service;
import io.layar.xdsgen.envoy.ClusterNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The extension providers of the mesh configuration, and the clusters through which they are reached. */
public final class Providers {
    private Providers() {}

    /** A provider's host name, for authorities, and its cluster. */
    public record Target(String host, String cluster) {}

    /** Every service of a host name, whatever its namespace and visibility. */
    @FunctionalInterface
    public interface ServiceLookup {
        List<Service> named(String hostname);
    }

    /** By name, in whatever case; null when the mesh configuration has none. */
    public static @Nullable ExtensionProvider find(MeshConfig mesh, String name) {
        for (ExtensionProvider provider : mesh.extensionProviders()) {
            if (provider.name().equalsIgnoreCase(name)) {
                return provider;
            }
        }
        return null;
    }

    static ImmutableList<String> names(List<ProviderRef> references) {
        return references.stream().map(ProviderRef::name).collect(ImmutableList.toImmutableList());
    }

    /**
     * The cluster of {@code host} or {@code namespace/host}; null when there is no such service, or several namespaces have
     * one and none is named.
     */
    public static @Nullable Target target(String service, int port, ServiceLookup services) {
        int slash = service.indexOf('/');
        String host = service.substring(slash + 1);
        List<Service> found = services.named(host);
        if (slash >= 0) {
            String namespace = service.substring(0, slash);
            found = found.stream().filter(s -> s.namespace().equals(namespace)).toList();
        }
        return found.size() == 1
                ? new Target(
                        found.getFirst().hostname(),
                        ClusterNames.outbound(port, "", found.getFirst().hostname()))
                : null;
    }
}
