package io.layar.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import com.google.protobuf.StringValue;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Deadline;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.NameResolverRegistry;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.xds.XdsNameResolverProvider;
import io.grpc.xds.XdsServerBuilder;
import io.layar.config.ConfigSet;
import io.layar.config.MeshConfigLoader;
import io.layar.config.Resource;
import io.layar.config.ResourceReader;
import io.layar.config.validate.Validators;
import io.layar.discovery.DiscoveryServer;
import io.layar.discovery.DiscoverySettings;
import io.layar.discovery.push.SnapshotMesh;
import io.layar.mesh.MeshSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** gRPC's own xDS client and server, without a proxy, in a mesh of ours. */
class GrpcXdsClientTest {
    private static final String SCHEME = "xds-of-the-mesh";
    private static final String TARGET = SCHEME + ":///echo.shop.svc.cluster.local:7000";
    private static final String V1 = "127.77.0.1";
    private static final String V2 = "127.77.0.2";
    private static final MethodDescriptor<Empty, StringValue> ECHO = MethodDescriptor.<Empty, StringValue>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("test.Echo/Who")
            .setRequestMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
            .setResponseMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
            .build();

    private final List<AutoCloseable> open = new ArrayList<>();
    private int port;
    private DiscoveryServer server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        port = XdsProxy.freePort();
        server = DiscoveryServer.start(
                DiscoverySettings.local(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), mesh("")));
        open.add(server);
        XdsNameResolverProvider resolver = XdsNameResolverProvider.createForTest(SCHEME, bootstrap());
        NameResolverRegistry.getDefaultRegistry().register(resolver);
        open.addFirst(() -> NameResolverRegistry.getDefaultRegistry().deregister(resolver));
        channel = Grpc.newChannelBuilder(TARGET, InsecureChannelCredentials.create())
                .build();
        open.addFirst(() -> channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private Map<String, ?> bootstrap() {
        return Map.of(
                "xds_servers",
                List.of(Map.of(
                        "server_uri", "127.0.0.1:" + server.grpcPort(),
                        "channel_creds", List.of(Map.of("type", "insecure")),
                        "server_features", List.of("xds_v3"))),
                "node",
                Map.of(
                        "id",
                        "sidecar~" + V1 + "~client-1.shop~shop.svc.cluster.local",
                        "metadata",
                        Map.of("GENERATOR", "grpc", "NAMESPACE", "shop", "CLUSTER_ID", "Kubernetes")),
                "server_listener_resource_name_template",
                "xds.istio.io/grpc/lds/inbound/%s");
    }

    private SnapshotMesh mesh(String more) {
        return snapshot(service() + workload("v1", V1) + workload("v2", V2) + more);
    }

    private static SnapshotMesh snapshot(String yaml) {
        List<Resource<?>> resources = List.copyOf(
                new ResourceReader(Validators.ALL).read("mesh.yaml", yaml).resources());
        var defaults = new MeshConfigLoader().load("mesh.yaml", "");
        return SnapshotMesh.of(MeshSettings.DEFAULT, ConfigSet.copyOf(resources), defaults.mesh(), defaults.networks());
    }

    private String service() {
        return """
            apiVersion: v1
            kind: Service
            metadata: {name: echo, namespace: shop}
            spec:
              clusterIP: 10.96.7.7
              selector: {app: echo}
              ports: [{name: grpc, port: 7000, targetPort: %d, protocol: TCP}]
            """.formatted(port);
    }

    private String workload(String version, String ip) {
        return """
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: echo-%1$s, namespace: shop, labels: {app: echo, version: %1$s}}
            spec: {containers: [{name: echo, ports: [{containerPort: %3$d, protocol: TCP}]}]}
            status: {phase: Running, podIP: %2$s, podIPs: [{ip: %2$s}], conditions: [{type: Ready, status: "True"}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: echo-%1$s, namespace: shop, labels: {kubernetes.io/service-name: echo}}
            addressType: IPv4
            ports: [{name: grpc, port: %3$d, protocol: TCP}]
            endpoints:
            - addresses: [%2$s]
              conditions: {ready: true}
              targetRef: {kind: Pod, name: echo-%1$s, namespace: shop}
            """.formatted(version, ip, port);
    }

    private static String subsets(String routes) {
        return """
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: echo, namespace: shop}
            spec:
              host: echo
              subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: echo, namespace: shop}
            spec:
              hosts: [echo]
              http: %s
            """.formatted(routes);
    }

    private static ServerServiceDefinition echo(String answer) {
        return ServerServiceDefinition.builder("test.Echo")
                .addMethod(ECHO, ServerCalls.asyncUnaryCall((request, observer) -> {
                    observer.onNext(StringValue.of(answer));
                    observer.onCompleted();
                }))
                .build();
    }

    private void serve(String ip, String answer) throws IOException {
        Server backend = NettyServerBuilder.forAddress(new InetSocketAddress(ip, port))
                .addService(echo(answer))
                .build()
                .start();
        open.add(() -> backend.shutdownNow().awaitTermination(5, TimeUnit.SECONDS));
    }

    private String call() {
        return call(new Metadata());
    }

    private String call(Metadata headers) {
        try {
            return ClientCalls.blockingUnaryCall(
                            ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
                            ECHO,
                            CallOptions.DEFAULT.withDeadline(Deadline.after(10, TimeUnit.SECONDS)),
                            Empty.getDefaultInstance())
                    .getValue();
        } catch (StatusRuntimeException e) {
            return e.getStatus().toString();
        }
    }

    private Map<String, Integer> calls(int count) {
        Map<String, Integer> answers = new HashMap<>();
        for (int i = 0; i < count; i++) {
            answers.merge(call(), 1, Integer::sum);
        }
        return answers;
    }

    private void awaitOnly(String answer) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(calls(20)).containsOnlyKeys(answer));
    }

    @Test
    void aServiceIsResolvedAndCalled() throws Exception {
        serve(V1, "one");
        serve(V2, "two");
        assertThat(call()).isIn("one", "two");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(calls(20)).containsOnlyKeys("one", "two"));
        assertThat(server.proxies().getFirst().watches())
                .extracting(watch -> watch.type().shortName())
                .containsExactlyInAnyOrder("LDS", "RDS", "CDS", "EDS");
        assertThat(server.proxies()).isNotEmpty().allMatch(DiscoveryServer.ProxyStatus::current);
    }

    @Test
    void weightsAndSubsetsOfAVirtualServiceTakeEffect() throws Exception {
        serve(V1, "one");
        serve(V2, "two");
        server.update(
                ignored -> mesh(subsets("[{route: [{destination: {host: echo, subset: v1}}]}]")), "all to the first");
        awaitOnly("one");
        server.update(
                ignored -> mesh(subsets("[{route: [{destination: {host: echo, subset: v2}}]}]")), "all to the second");
        awaitOnly("two");
        server.update(
                ignored -> mesh(subsets("[{route: [{destination: {host: echo, subset: v1}, weight: 80},"
                        + " {destination: {host: echo, subset: v2}, weight: 20}]}]")),
                "split");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(calls(20)).containsKeys("one", "two"));
        // 400 calls at one in five: 80 ± 8; six deviations each way.
        assertThat(calls(400).get("two")).isBetween(32, 128);
        assertThat(server.proxies()).isNotEmpty().allMatch(DiscoveryServer.ProxyStatus::current);
    }

    @Test
    void aRouteByAHeaderAndAFaultReachTheClient() throws Exception {
        serve(V1, "one");
        serve(V2, "two");
        server.update(ignored -> mesh(subsets("""
            [{match: [{headers: {tester: {exact: "yes"}}}], route: [{destination: {host: echo, subset: v2}}]},
                 {match: [{headers: {broken: {exact: "yes"}}}], fault: {abort: {grpcStatus: DATA_LOSS, percentage: {value: 100}}},
                  route: [{destination: {host: echo, subset: v1}}]},
                 {route: [{destination: {host: echo, subset: v1}}]}]\
            """)), "by header");
        awaitOnly("one");
        assertThat(call(header("tester"))).isEqualTo("two");
        assertThat(call(header("broken"))).startsWith("Status{code=" + Status.Code.DATA_LOSS);
    }

    private static Metadata header(String name) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), "yes");
        return headers;
    }

    @Test
    void endpointsThatComeAndGoAreFollowed() throws Exception {
        serve(V1, "one");
        serve(V2, "two");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(calls(20)).containsOnlyKeys("one", "two"));
        server.update(ignored -> snapshot(service() + workload("v2", V2)), "the first has gone");
        awaitOnly("two");
    }

    @Test
    void aServerTakesItsListenerFromTheMesh() throws Exception {
        serve(V2, "two");
        XdsServerBuilder builder = XdsServerBuilder.forAddress(
                        new InetSocketAddress(V1, port), InsecureServerCredentials.create())
                .overrideBootstrapForTest(bootstrap());
        Server backend = builder.addService(echo("one")).build().start();
        open.add(() -> backend.shutdownNow().awaitTermination(5, TimeUnit.SECONDS));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(calls(20)).containsOnlyKeys("one", "two"));
    }
}
