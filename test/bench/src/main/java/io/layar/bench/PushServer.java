package io.layar.bench;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.layar.config.ConfigDelta;
import io.layar.config.MeshConfigLoader;
import io.layar.config.Resource;
import io.layar.config.mesh.MeshConfig;
import io.layar.discovery.DiscoveryServer;
import io.layar.discovery.DiscoverySettings;
import io.layar.discovery.push.SnapshotMesh;
import io.layar.mesh.MeshSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * The control plane in a process of its own, told on its standard input what to change: so its CPU is its own.
 *
 * <p>Shape: {@code endpoint N}, {@code route N}, {@code full N} change something, {@code cost} answers CPU nanoseconds and
 * allocated bytes so far. Each command is answered with a line.
 */
final class PushServer {
    private final DiscoveryServer server;
    private final MeshConfig mesh;

    private PushServer(int services) throws IOException {
        MeshConfigLoader.Loaded loaded = new MeshConfigLoader().load("mesh.yaml", "");
        mesh = loaded.mesh();
        server = DiscoveryServer.start(DiscoverySettings.local(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                SnapshotMesh.of(MeshSettings.DEFAULT, Shapes.services(services, "http"), mesh, loaded.networks())));
    }

    public static void main(String[] args) throws IOException {
        PushServer bench = new PushServer(Integer.parseInt(args[0]));
        say("port " + bench.server.grpcPort());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            say(bench.answer(words[0], words.length > 1 ? Integer.parseInt(words[1]) : 0));
        }
        System.exit(0);
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private String answer(String command, int n) {
        switch (command) {
            case "endpoint" -> change(Shapes.read(Shapes.slice(0, "10.200.0." + (1 + n % 250))));
            case "route" -> change(Shapes.read(Shapes.virtualService(0, 1 + n)));
            case "full" -> {
                MeshConfig other = mesh.withConnectTimeout(java.time.Duration.ofSeconds(1 + n));
                server.update(state -> ((SnapshotMesh) state).with(other, null), "global");
            }
            case "cost" -> {
                return cost();
            }
            default -> throw new IllegalArgumentException(command);
        }
        return "done";
    }

    private void change(Resource<?> resource) {
        server.update(new ConfigDelta(ImmutableSortedMap.of(resource.key(), resource), ImmutableSortedSet.of()));
    }

    private static String cost() {
        long cpu =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
        long allocated = ManagementFactory.getPlatformMXBean(ThreadMXBean.class).getTotalThreadAllocatedBytes();
        return cpu + " " + allocated;
    }
}
