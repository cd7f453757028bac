package io.layar.xds.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.envoyproxy.envoy.service.cluster.v3.ClusterDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.endpoint.v3.EndpointDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.extension.v3.ExtensionConfigDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.listener.v3.ListenerDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.route.v3.RouteDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.secret.v3.SecretDiscoveryServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.layar.xds.TypeUrl;
import io.layar.xds.session.SotwRequest;
import java.util.function.BiFunction;

/**
 * The aggregated service and the services of one kind, each with its state-of-the-world and its delta method, as gRPC sees
 * them.
 */
final class DiscoveryServices {
    private static final ImmutableMap<ServiceDescriptor, String> KIND_OF_SERVICE = ImmutableMap.of(
            AggregatedDiscoveryServiceGrpc.getServiceDescriptor(), "",
            ClusterDiscoveryServiceGrpc.getServiceDescriptor(), TypeUrl.CLUSTER.url(),
            EndpointDiscoveryServiceGrpc.getServiceDescriptor(), TypeUrl.ENDPOINT.url(),
            ListenerDiscoveryServiceGrpc.getServiceDescriptor(), TypeUrl.LISTENER.url(),
            RouteDiscoveryServiceGrpc.getServiceDescriptor(), TypeUrl.ROUTE.url(),
            SecretDiscoveryServiceGrpc.getServiceDescriptor(), TypeUrl.SECRET.url(),
            ExtensionConfigDiscoveryServiceGrpc.getServiceDescriptor(), TypeUrl.EXTENSION_CONFIG.url());

    private DiscoveryServices() {}

    /** Opens a stream: takes where responses go and the kind that requests without one mean; gives where requests go. */
    interface Opener<Q, R> extends BiFunction<ServerCallStreamObserver<R>, String, StreamObserver<Q>> {}

    static ImmutableList<ServerServiceDefinition> of(
            Opener<SotwRequest, DiscoveryResponse> sotw, Opener<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta) {
        ImmutableList.Builder<ServerServiceDefinition> services = ImmutableList.builder();
        KIND_OF_SERVICE.forEach((service, kind) -> {
            ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(service.getName());
            for (MethodDescriptor<?, ?> method : service.getMethods()) {
                if (method.getType() == MethodDescriptor.MethodType.BIDI_STREAMING) {
                    bind(definition, method, kind, sotw, delta);
                }
            }
            services.add(definition.build());
        });
        return services.build();
    }

    @SuppressWarnings("unchecked") // The generated descriptors pair each request with its response.
    private static void bind(
            ServerServiceDefinition.Builder definition,
            MethodDescriptor<?, ?> method,
            String kind,
            Opener<SotwRequest, DiscoveryResponse> sotw,
            Opener<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta) {
        String name = String.valueOf(method.getBareMethodName());
        if (name.startsWith("Delta")) {
            var typed = (MethodDescriptor<DeltaDiscoveryRequest, DeltaDiscoveryResponse>) method;
            bindOne(definition, typed, kind, delta);
        } else {
            var typed = (MethodDescriptor<DiscoveryRequest, DiscoveryResponse>) method;
            bindOne(
                    definition,
                    typed.toBuilder(SotwMarshaller.REQUEST, typed.getResponseMarshaller())
                            .build(),
                    kind,
                    sotw);
        }
    }

    private static <Q, R> void bindOne(
            ServerServiceDefinition.Builder definition,
            MethodDescriptor<Q, R> method,
            String kind,
            Opener<Q, R> opener) {
        ServerCalls.BidiStreamingMethod<Q, R> handler =
                responses -> opener.apply((ServerCallStreamObserver<R>) responses, kind);
        // Without the schema descriptor the definition takes methods that are not all of the service's.
        definition.addMethod(
                method.toBuilder().setSchemaDescriptor(null).build(), ServerCalls.asyncBidiStreamingCall(handler));
    }
}
