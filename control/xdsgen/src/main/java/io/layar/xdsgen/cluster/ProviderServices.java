package io.layar.xdsgen.cluster;

import io.layar.config.mesh.ExtensionProvider;
import io.layar.config.mesh.MeshConfig;
import java.util.LinkedHashSet;
import java.util.Set;

/** The services that a mesh's extension providers name: {@code host} or {@code namespace/host}. */
final class ProviderServices {
    private ProviderServices() {}

    static Set<String> of(MeshConfig mesh) {
        Set<String> out = new LinkedHashSet<>();
        mesh.extensionProviders().forEach(provider -> add(provider, out));
        return out;
    }

    private static void add(ExtensionProvider p, Set<String> out) {
        if (p.envoyExtAuthzHttp() != null) {
            out.add(p.envoyExtAuthzHttp().service());
        } else if (p.envoyExtAuthzGrpc() != null) {
            out.add(p.envoyExtAuthzGrpc().service());
        } else if (p.zipkin() != null) {
            out.add(p.zipkin().service());
        } else if (p.datadog() != null) {
            out.add(p.datadog().service());
        } else if (p.skywalking() != null) {
            out.add(p.skywalking().service());
        } else if (p.opentelemetry() != null) {
            out.add(p.opentelemetry().service());
        } else if (p.envoyHttpAls() != null) {
            out.add(p.envoyHttpAls().service());
        } else if (p.envoyTcpAls() != null) {
            out.add(p.envoyTcpAls().service());
        } else if (p.envoyOtelAls() != null) {
            out.add(p.envoyOtelAls().service());
        } else if (p.sds() != null) {
            out.add(p.sds().service());
        }
    }
}
