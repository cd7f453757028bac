package io.layar.local;

import io.layar.config.ConfigSet;
import io.layar.config.Kinds;
import io.layar.config.MeshConfigLoader;
import io.layar.config.Resource;
import io.layar.config.kubernetes.ConfigMap;
import io.layar.config.mesh.MeshConfig;
import io.layar.local.pod.PodEnvironment;
import java.util.function.Consumer;

/**
 * The mesh configuration of a local mesh: that of the ConfigMap {@code istio} in {@code istio-system}, as in a cluster, over the
 * defaults. Errors: are reported, and the last good configuration stays. Thread: the mesh's loop.
 */
final class MeshConfigSource {
    private static final String NAMESPACE = "istio-system";
    private static final String NAME = "istio";

    private final boolean loopback;
    private final Consumer<String> report;
    private final MeshConfigLoader loader = new MeshConfigLoader();
    private MeshConfigLoader.Loaded good = loader.load("<defaults>", "");

    /** {@code loopback}: containers need the proxies' HTTP proxy port, as nothing is captured. */
    MeshConfigSource(boolean loopback, Consumer<String> report) {
        this.loopback = loopback;
        this.report = report;
    }

    MeshConfigLoader.Loaded of(ConfigSet resources) {
        Resource<ConfigMap> map = resources.get(Kinds.CONFIG_MAP, NAMESPACE, NAME);
        String text = map == null ? "" : map.spec().data().getOrDefault("mesh", "");
        MeshConfigLoader.Loaded loaded = loader.load("ConfigMap istio-system/istio", text);
        loaded.problems().forEach(problem -> report.accept(problem.toString()));
        if (!loaded.hasErrors()) {
            good = loaded;
        }
        // Without identities there is nothing to do mutual TLS with: proxies would wait for their certificates for
        // ever.
        MeshConfig mesh = good.mesh().withEnableAutoMtls(false);
        if (loopback && mesh.proxyHttpPort() == 0) {
            mesh = mesh.withProxyHttpPort(PodEnvironment.HTTP_PROXY_PORT);
        }
        return new MeshConfigLoader.Loaded(mesh, good.networks(), good.problems());
    }
}
