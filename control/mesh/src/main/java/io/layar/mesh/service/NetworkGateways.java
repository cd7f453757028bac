package io.layar.mesh.service;

import com.google.common.collect.ImmutableList;
import com.google.common.math.IntMath;
import com.google.common.net.InetAddresses;
import io.layar.config.mesh.MeshNetworks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ways into other networks, sorted. {@code weightScale}: by what endpoint weights are multiplied so that they can be
 * divided among the gateways of any network. Thread: any (immutable).
 */
public record NetworkGateways(ImmutableList<Gateway> all, int weightScale) {
    public static final NetworkGateways NONE = new NetworkGateways(ImmutableList.of(), 1);
    private static final String NETWORK_LABEL = "topology.istio.io/network";
    private static final String PORT_LABEL = "networking.istio.io/gatewayPort";
    private static final int DEFAULT_PORT = 15443;
    private static final int HBONE_PORT = 15008;
    private static final Comparator<Gateway> ORDER = Comparator.comparing(Gateway::address)
            .thenComparing(Gateway::port)
            .thenComparing(Gateway::network)
            .thenComparing(Gateway::clusterId);

    /** A way into {@code network}. Shape: a port of 0 is not open; {@code clusterId} may be empty. */
    public record Gateway(String network, String clusterId, String address, int port, int hbonePort) {}

    /** By the mesh's networks and by services that are labelled as gateways. */
    public static NetworkGateways of(MeshNetworks networks, List<Service> services, String clusterId) {
        Set<Gateway> found = new LinkedHashSet<>();
        networks.networks()
                .forEach((name, network) -> network.gateways().forEach(gateway -> {
                    String address = gateway.address();
                    if (address != null && !address.isEmpty()) {
                        found.add(new Gateway(name, "", address, gateway.port(), 0));
                    }
                }));
        for (Service service : services) {
            for (Gateway gateway : ofService(service, networks, clusterId)) {
                service.kubernetes().externalAddresses().forEach(address -> {
                    int port = service.kubernetes().nodePorts().getOrDefault(gateway.port, gateway.port);
                    found.add(new Gateway(gateway.network, clusterId, address, port, gateway.hbonePort));
                });
            }
        }
        List<Gateway> sorted = new ArrayList<>(found);
        sorted.sort(ORDER);
        return new NetworkGateways(ImmutableList.copyOf(sorted), scale(sorted));
    }

    private static List<Gateway> ofService(Service service, MeshNetworks networks, String clusterId) {
        String labelled = service.labels().getOrDefault(NETWORK_LABEL, "");
        if (!service.isKubernetes()) {
            return List.of();
        }
        if (!labelled.isEmpty()) {
            int wanted = number(service.labels().getOrDefault(PORT_LABEL, ""));
            int port = service.port(wanted) == null ? 0 : wanted;
            int hbone = service.port(HBONE_PORT) == null ? 0 : HBONE_PORT;
            return port == 0 && hbone == 0 ? List.of() : List.of(new Gateway(labelled, clusterId, "", port, hbone));
        }
        List<Gateway> out = new ArrayList<>();
        networks.networks().forEach((name, network) -> {
            boolean ours = network.endpoints().stream().anyMatch(e -> clusterId.equals(e.fromRegistry()));
            if (ours) {
                network.gateways().stream()
                        .filter(g -> service.hostname().equals(g.registryServiceName()))
                        .forEach(g -> out.add(new Gateway(name, clusterId, "", g.port(), 0)));
            }
        });
        return out;
    }

    private static int number(String text) {
        return text.isEmpty() || !text.chars().allMatch(Character::isDigit) ? DEFAULT_PORT : Integer.parseInt(text);
    }

    private static int scale(List<Gateway> gateways) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Gateway gateway : gateways) {
            counts.merge(gateway.network, 1, Integer::sum);
            counts.merge(gateway.network + "\n" + gateway.clusterId, 1, Integer::sum);
        }
        int scale = 1;
        for (int count : counts.values()) {
            scale = scale / IntMath.gcd(scale, count) * count;
        }
        return scale;
    }

    public boolean isMultiNetwork() {
        return !all.isEmpty();
    }

    /** Without the gateways that have but a name: endpoints of EDS need addresses. */
    public NetworkGateways withAddressOnly() {
        List<Gateway> some =
                all.stream().filter(g -> InetAddresses.isInetAddress(g.address)).toList();
        return some.size() == all.size() ? this : new NetworkGateways(ImmutableList.copyOf(some), scale(some));
    }

    /** Those of the network and the cluster, or those of the network if the cluster has none. */
    public List<Gateway> into(String network, String clusterId) {
        List<Gateway> ofCluster = all.stream()
                .filter(g -> g.network.equals(network) && g.clusterId.equals(clusterId))
                .toList();
        return ofCluster.isEmpty()
                ? all.stream().filter(g -> g.network.equals(network)).toList()
                : ofCluster;
    }
}
