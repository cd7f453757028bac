package io.layar.local.network;

import io.layar.capture.CaptureRules;
import io.layar.capture.CaptureSettings;
import io.layar.local.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Pods as network namespaces on one bridge, with iptables redirection as in a cluster. Needs root, iproute2 and iptables.
 * Shape: namespaces are called {@code layar-<mesh>-<pod>}, devices {@code ly<mesh>…}; both name the mesh, so that
 * {@link #removeLeftovers} finds them after a crash. Thread: any.
 */
public final class NetnsNetwork implements PodNetwork {
    private static final String PREFIX = "layar-";
    private static final String DEVICE_PREFIX = "ly";
    private static final Path PER_NAMESPACE_ETC = Path.of("/etc/netns");

    private final String mesh;
    private final String bridge;
    private final String subnet;
    private final AtomicInteger numbers = new AtomicInteger(1);
    private final Map<String, NetnsPod> pods = new ConcurrentHashMap<>();
    private volatile String hostsFile = "127.0.0.1 localhost\n";

    private NetnsNetwork(String mesh, String subnet) {
        this.mesh = mesh;
        this.bridge = DEVICE_PREFIX + mesh + "br";
        this.subnet = subnet;
    }

    /** Why namespaces can't be had here, or empty when they can. */
    public static String missing() {
        if (!Command.succeeds(List.of("sh", "-c", "test \"$(id -u)\" = 0"))) {
            return "not root";
        }
        for (String tool : List.of("ip", "iptables-restore", "setpriv")) {
            if (!Command.succeeds(List.of("sh", "-c", "command -v " + tool))) {
                return "no " + tool + " on this machine";
            }
        }
        String probe = PREFIX + "probe-" + ProcessHandle.current().pid();
        boolean works = Command.succeeds(List.of("ip", "netns", "add", probe))
                && Command.succeeds(List.of("ip", "netns", "exec", probe, "iptables", "-t", "nat", "-S"));
        Command.tryRun(List.of("ip", "netns", "del", probe));
        return works ? "" : "network namespaces or iptables do not work here";
    }

    /**
     * Opens the network of a mesh.
     *
     * @param mesh a few letters or digits that name the mesh on this machine
     */
    public static NetnsNetwork open(String mesh) throws IOException {
        String taken = Command.run(List.of("ip", "-4", "route", "show"));
        for (int block = 244; block > 200; block--) {
            String subnet = "10." + block;
            if (!taken.contains(subnet + ".")) {
                NetnsNetwork network = new NetnsNetwork(mesh, subnet);
                network.makeBridge();
                return network;
            }
        }
        throw new IOException("no free address block among 10.201.0.0/16 … 10.244.0.0/16 for the pods");
    }

    private void makeBridge() throws IOException {
        batch(List.of(
                "link add " + bridge + " type bridge",
                "addr add " + hostAddress() + "/16 dev " + bridge,
                "link set " + bridge + " up"));
    }

    @Override
    public String name() {
        return "netns";
    }

    @Override
    public String hostAddress() {
        return subnet + ".0.1";
    }

    @Override
    public Pod add(String podName, boolean captured) throws IOException {
        int number = numbers.incrementAndGet();
        NetnsPod pod = new NetnsPod(number);
        pods.put(pod.namespace, pod);
        try {
            pod.make(captured);
        } catch (IOException e) {
            pod.remove();
            throw e;
        }
        return pod;
    }

    @Override
    public void names(Map<String, String> hosts) throws IOException {
        StringBuilder file = new StringBuilder("127.0.0.1 localhost\n");
        hosts.forEach(
                (name, address) -> file.append(address).append(' ').append(name).append('\n'));
        hostsFile = file.toString();
        for (NetnsPod pod : pods.values()) {
            pod.writeHosts();
        }
    }

    @Override
    public void close() {
        List.copyOf(pods.values()).forEach(NetnsPod::remove);
        Command.tryRun(List.of("ip", "link", "del", bridge));
    }

    /** Removes the namespaces and devices of a mesh of that name that ended without cleaning up. */
    public static void removeLeftovers(String mesh) {
        try {
            for (String line : Command.run(List.of("ip", "netns", "list")).split("\n")) {
                String namespace = line.split(" ")[0];
                if (namespace.startsWith(PREFIX + mesh + "-")) {
                    Command.tryRun(List.of("ip", "netns", "del", namespace));
                    deleteTree(PER_NAMESPACE_ETC.resolve(namespace));
                }
            }
        } catch (IOException e) {
            return;
        }
        Command.tryRun(List.of("ip", "link", "del", DEVICE_PREFIX + mesh + "br"));
    }

    private static void batch(List<String> lines) throws IOException {
        Command.run(List.of("ip", "-batch", "-"), String.join("\n", lines) + "\n");
    }

    private static void deleteTree(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
            // The folder above is ours only if nothing else lives in it.
            try (Stream<Path> others = Files.list(PER_NAMESPACE_ETC)) {
                if (others.findAny().isEmpty()) {
                    Files.delete(PER_NAMESPACE_ETC);
                }
            }
        } catch (IOException e) {
            System.getLogger(NetnsNetwork.class.getName()).log(System.Logger.Level.WARNING, "cannot remove " + folder);
        }
    }

    private final class NetnsPod implements Pod {
        private final String namespace;
        private final String hostDevice;
        private final PodAddress address;

        NetnsPod(int number) {
            namespace = PREFIX + mesh + "-" + number;
            hostDevice = DEVICE_PREFIX + mesh + "v" + number;
            String own = subnet + "." + (1 + number / 250) + "." + (number % 250 + 1);
            address = new PodAddress(own, own);
        }

        void make(boolean captured) throws IOException {
            Path etc = PER_NAMESPACE_ETC.resolve(namespace);
            Files.createDirectories(etc);
            writeHosts();
            batch(List.of(
                    "netns add " + namespace,
                    "link add " + hostDevice + " type veth peer name eth0 netns " + namespace,
                    "link set " + hostDevice + " master " + bridge + " up"));
            List<String> inside = new ArrayList<>(List.of(
                    "link set lo up",
                    "addr add " + address.mesh() + "/16 dev eth0",
                    "link set eth0 up",
                    "route add default via " + hostAddress()));
            Command.run(List.of("ip", "-n", namespace, "-batch", "-"), String.join("\n", inside) + "\n");
            if (captured) {
                CaptureSettings settings = CaptureSettings.sidecar(CaptureSettings.Mode.REDIRECT);
                Command.run(
                        List.of("ip", "netns", "exec", namespace, "iptables-restore", "--noflush"),
                        CaptureRules.restoreInput(settings));
            }
        }

        /** Written in place: the file is bound into the mount namespaces of running processes. */
        void writeHosts() throws IOException {
            Path folder = PER_NAMESPACE_ETC.resolve(namespace);
            if (Files.isDirectory(folder)) {
                Files.writeString(folder.resolve("hosts"), hostsFile);
            }
        }

        @Override
        public PodAddress address() {
            return address;
        }

        @Override
        public List<String> enter(boolean proxy) {
            List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
            if (proxy) {
                // The capture rules know the proxy by its group; its user stays root, so that it can read any checkout.
                words.addAll(List.of("setpriv", "--regid", CaptureSettings.PROXY_ID, "--clear-groups", "--"));
            }
            return words;
        }

        @Override
        public <T> T inside(Callable<T> task) throws Exception {
            return NamespaceThread.run(namespace, task);
        }

        @Override
        public void remove() {
            pods.remove(namespace);
            Command.tryRun(List.of("ip", "link", "del", hostDevice));
            Command.tryRun(List.of("ip", "netns", "del", namespace));
            deleteTree(PER_NAMESPACE_ETC.resolve(namespace));
        }
    }
}
