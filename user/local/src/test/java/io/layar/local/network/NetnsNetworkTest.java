package io.layar.local.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.layar.local.process.Command;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetnsNetworkTest {
    private static final String MESH =
            "t" + Long.toHexString(ProcessHandle.current().pid() & 0xfff);

    @Test
    void podsAreNamespacesThatReachEachOtherAndLeaveNothingBehind() throws Exception {
        String missing = NetnsNetwork.missing();
        assumeTrue(missing.isEmpty(), "no namespaces: " + missing);
        try (NetnsNetwork network = NetnsNetwork.open(MESH)) {
            PodNetwork.Pod server = network.add("server", false);
            PodNetwork.Pod client = network.add("client", false);
            network.names(Map.of("some.name", server.address().mesh()));
            ServerSocket socket = server.inside(() -> new ServerSocket(
                    0, 5, InetAddress.getByName(server.address().mesh())));
            try (socket) {
                boolean connected = client.inside(() -> {
                    try (Socket out = new Socket()) {
                        out.connect(new InetSocketAddress(server.address().mesh(), socket.getLocalPort()), 2_000);
                        return out.isConnected();
                    }
                });
                assertThat(connected).isTrue();
            }
            assertThat(Command.run(words(client.enter(false), "ip", "-o", "link")))
                    .contains("eth0")
                    .doesNotContain("br:");
            assertThat(Command.run(words(client.enter(false), "cat", "/etc/hosts")))
                    .contains(server.address().mesh() + " some.name");
        }
        assertThat(Command.run(List.of("ip", "netns", "list"))).doesNotContain("layar-" + MESH);
        assertThat(Command.run(List.of("ip", "link", "show"))).doesNotContain("ly" + MESH);
    }

    @Test
    void trafficOfACapturedPodIsRedirectedButNotThatOfItsProxy() throws Exception {
        String missing = NetnsNetwork.missing();
        assumeTrue(missing.isEmpty(), "no namespaces: " + missing);
        try (NetnsNetwork network = NetnsNetwork.open(MESH)) {
            PodNetwork.Pod pod = network.add("captured", true);
            String rules = Command.run(words(pod.enter(false), "iptables", "-t", "nat", "-S"));
            assertThat(rules).contains("-A ISTIO_REDIRECT -p tcp -j REDIRECT --to-ports 15001");
            assertThat(Command.run(words(pod.enter(true), "id", "-g")).strip()).isEqualTo("1337");
        }
    }

    private static List<String> words(List<String> before, String... command) {
        List<String> all = new ArrayList<>(before);
        all.addAll(List.of(command));
        return all;
    }
}
