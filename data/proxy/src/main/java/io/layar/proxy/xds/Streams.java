package io.layar.proxy.xds;

import io.envoyproxy.envoy.config.core.v3.ApiConfigSource;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.cluster.v3.ClusterDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.endpoint.v3.EndpointDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.extension.v3.ExtensionConfigDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.listener.v3.ListenerDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.route.v3.RouteDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.secret.v3.SecretDiscoveryServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.xds.TypeUrl;
import io.layar.xds.client.AdsClient;
import io.layar.xds.client.AdsMethods;
import io.layar.xds.client.BackOff;
import io.layar.xds.client.ClientSession;
import io.netty.channel.EventLoop;
import java.util.concurrent.ThreadLocalRandom;

/** Opens streams to control planes, as an {@code ApiConfigSource} describes them. Thread: main loop. */
final class Streams {
    private final ControlPlane controlPlane;
    private final Node node;
    private final EventLoop loop;

    Streams(ControlPlane controlPlane, Node node, EventLoop loop) {
        this.controlPlane = controlPlane;
        this.node = node;
        this.loop = loop;
    }

    /** The aggregated stream. Errors: {@link ConfigRejected}. */
    AdsClient<?, ?> aggregated(ApiConfigSource config, AdsClient.Handler handler, String path) {
        return switch (config.getApiType()) {
            case GRPC, AGGREGATED_GRPC -> sotw(config, AdsMethods.stateOfTheWorld(), handler, path);
            case DELTA_GRPC, AGGREGATED_DELTA_GRPC -> delta(config, AdsMethods.delta(), handler, path);
            default -> throw unsupported(config, path);
        };
    }

    /** A stream of one kind. Errors: {@link ConfigRejected}. */
    AdsClient<?, ?> ofKind(TypeUrl kind, ApiConfigSource config, AdsClient.Handler handler, String path) {
        return switch (config.getApiType()) {
            case GRPC -> sotw(config, sotwMethod(kind, path), handler, path);
            case DELTA_GRPC -> delta(config, deltaMethod(kind, path), handler, path);
            default -> throw unsupported(config, path);
        };
    }

    private static ConfigRejected unsupported(ApiConfigSource config, String path) {
        return ConfigRejected.unsupported(path + ".api_type", config.getApiType() + " (expected: GRPC or DELTA_GRPC)");
    }

    private AdsClient<?, ?> sotw(
            ApiConfigSource config,
            MethodDescriptor<DiscoveryRequest, DiscoveryResponse> method,
            AdsClient.Handler handler,
            String path) {
        return new AdsClient<>(
                channel(config, path), method, ClientSession.stateOfTheWorld(node), handler, loop, backOff());
    }

    private AdsClient<?, ?> delta(
            ApiConfigSource config,
            MethodDescriptor<DeltaDiscoveryRequest, DeltaDiscoveryResponse> method,
            AdsClient.Handler handler,
            String path) {
        return new AdsClient<>(channel(config, path), method, ClientSession.delta(node), handler, loop, backOff());
    }

    private static BackOff backOff() {
        return BackOff.ofEnvoy(ThreadLocalRandom.current());
    }

    private ManagedChannel channel(ApiConfigSource config, String path) {
        if (config.getGrpcServicesCount() == 0) {
            throw new ConfigRejected(path, "API configs must have at least one gRPC service configured");
        }
        return controlPlane.channel(config.getGrpcServices(0), path + ".grpc_services[0]");
    }

    private static MethodDescriptor<DiscoveryRequest, DiscoveryResponse> sotwMethod(TypeUrl kind, String path) {
        return switch (kind.shortName()) {
            case "CDS" -> ClusterDiscoveryServiceGrpc.getStreamClustersMethod();
            case "EDS" -> EndpointDiscoveryServiceGrpc.getStreamEndpointsMethod();
            case "LDS" -> ListenerDiscoveryServiceGrpc.getStreamListenersMethod();
            case "RDS" -> RouteDiscoveryServiceGrpc.getStreamRoutesMethod();
            case "SDS" -> SecretDiscoveryServiceGrpc.getStreamSecretsMethod();
            case "ECDS" -> ExtensionConfigDiscoveryServiceGrpc.getStreamExtensionConfigsMethod();
            default -> throw ConfigRejected.unsupported(path, "a stream of " + kind);
        };
    }

    private static MethodDescriptor<DeltaDiscoveryRequest, DeltaDiscoveryResponse> deltaMethod(
            TypeUrl kind, String path) {
        return switch (kind.shortName()) {
            case "CDS" -> ClusterDiscoveryServiceGrpc.getDeltaClustersMethod();
            case "EDS" -> EndpointDiscoveryServiceGrpc.getDeltaEndpointsMethod();
            case "LDS" -> ListenerDiscoveryServiceGrpc.getDeltaListenersMethod();
            case "RDS" -> RouteDiscoveryServiceGrpc.getDeltaRoutesMethod();
            case "SDS" -> SecretDiscoveryServiceGrpc.getDeltaSecretsMethod();
            case "ECDS" -> ExtensionConfigDiscoveryServiceGrpc.getDeltaExtensionConfigsMethod();
            default -> throw ConfigRejected.unsupported(path, "a delta stream of " + kind);
        };
    }
}
