package io.layar.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.bootstrap.v3.Admin;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.layar.discovery.DiscoveryServer;
import io.layar.discovery.DiscoverySettings;
import io.layar.xds.server.XdsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real Envoy takes, under its own node, the configuration of every recorded case of the set {@code core}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CoreCasesWithEnvoyTest {
    @TempDir
    static Path folder = Path.of("");

    private @Nullable XdsServer secrets;

    static List<String> cases() throws IOException {
        return GoldenCase.areThere() ? GoldenCase.namesOf("core") : List.of("(none)");
    }

    @BeforeAll
    void peers() throws Exception {
        Assumptions.assumeTrue(GoldenCase.areThere(), "no recorded cases beside the repository");
        Assumptions.assumeTrue(Peers.envoy() != null, "no Envoy: neither ENVOY_BINARY nor envoy on the PATH");
        secrets = TestSecrets.make(folder).serve();
    }

    @AfterAll
    void close() {
        XdsServer server = secrets;
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isAcknowledgedAndActive(String name) throws Exception {
        run(name, "DELTA_GRPC");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isAcknowledgedAndActiveAsStateOfTheWorld(String name) throws Exception {
        run(name, "GRPC");
    }

    private void run(String name, String apiType) throws Exception {
        GoldenCase one = GoldenCase.read(name);
        List<String> failures = new ArrayList<>();
        try (DiscoveryServer server = DiscoveryServer.start(
                DiscoverySettings.local(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), one.mesh()))) {
            for (Node node : one.nodes()) {
                try (EnvoyProcess envoy = EnvoyProcess.start(bootstrap(node, server.grpcPort(), apiType), folder)) {
                    envoy.untilSettled(server).ifPresent(why -> failures.add(node.getId() + ": " + why));
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    private Bootstrap bootstrap(Node node, int xdsPort, String apiType) throws IOException {
        XdsServer server = secrets;
        int sdsPort = server == null ? 0 : server.addresses().getFirst().getPort();
        Bootstrap.Builder bootstrap = Bootstrap.newBuilder();
        JsonFormat.parser()
                .merge("""
                    {"dynamicResources": {
                       "ldsConfig": {"ads": {}, "resourceApiVersion": "V3", "initialFetchTimeout": "0s"},
                       "cdsConfig": {"ads": {}, "resourceApiVersion": "V3", "initialFetchTimeout": "0s"},
                       "adsConfig": {"apiType": "%s", "transportApiVersion": "V3", "setNodeOnFirstMessageOnly": true,
                         "grpcServices": [{"envoyGrpc": {"clusterName": "xds-grpc"}}]}},
                     "staticResources": {"clusters": [%s, %s]}}
                    """.formatted(apiType, cluster("xds-grpc", xdsPort), cluster("sds-grpc", sdsPort)), bootstrap);
        return bootstrap.setNode(node).setAdmin(Admin.getDefaultInstance()).build();
    }

    private static String cluster(String name, int port) {
        return """
            {"name": "%s", "type": "STATIC", "connectTimeout": "1s", "http2ProtocolOptions": {},
             "loadAssignment": {"clusterName": "%s", "endpoints": [{"lbEndpoints": [{"endpoint": {"address":
               {"socketAddress": {"address": "127.0.0.1", "portValue": %d}}}}]}]}}
            """.formatted(name, name, port);
    }
}
