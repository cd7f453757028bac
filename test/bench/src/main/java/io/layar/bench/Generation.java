package io.layar.bench;

import com.sun.management.ThreadMXBean;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.layar.config.ConfigSet;
import io.layar.config.MeshConfigLoader;
import io.layar.mesh.MeshSettings;
import io.layar.mesh.MeshSnapshot;
import io.layar.mesh.ProxyView;
import io.layar.xdsgen.translate.ProxyResources;
import java.lang.management.ManagementFactory;

/** Generation alone, everything that one proxy is sent, from a snapshot that nothing was generated from before. */
final class Generation {
    private Generation() {}

    static void print(boolean quick) {
        int rounds = quick ? 5 : 25;
        System.out.println("| generation for one proxy | ms | MB allocated | resources |");
        System.out.println("| --- | ---: | ---: | ---: |");
        Node sidecar = Nodes.sidecar(5000, "10.8.8.8");
        measure("100 HTTP services", Shapes.services(100, "http"), sidecar, rounds);
        measure("100 services of unnamed protocol", Shapes.services(100, "thing"), sidecar, rounds);
        measure("1,000 gateway hosts", Shapes.gatewayHosts(1000), Nodes.gateway(), rounds);
    }

    private static void measure(String title, ConfigSet configs, Node node, int rounds) {
        MeshConfigLoader.Loaded mesh = new MeshConfigLoader().load("mesh.yaml", "");
        var proxy = io.layar.discovery.push.Nodes.proxyOf(node);
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        double[] millis = new double[rounds];
        double[] megabytes = new double[rounds];
        int resources = 0;
        for (int i = -rounds; i < rounds; i++) {
            MeshSnapshot snapshot = MeshSnapshot.of(MeshSettings.DEFAULT, configs, mesh.mesh(), mesh.networks());
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            ProxyResources made = ProxyResources.of(ProxyView.of(snapshot, proxy));
            long end = System.nanoTime();
            if (i >= 0) {
                millis[i] = (end - start) / 1e6;
                megabytes[i] = (threads.getCurrentThreadAllocatedBytes() - allocated) / 1e6;
            }
            resources = made.clusters().size()
                    + made.endpoints().size()
                    + made.listeners().size()
                    + made.routes().size();
        }
        System.out.printf(
                "| %s | %.1f | %.1f | %d |%n", title, PushBench.median(millis), PushBench.median(megabytes), resources);
    }
}
