package io.layar.xds.client;

import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.MethodDescriptor;

/** The two methods of the aggregated service. */
public final class AdsMethods {
    private AdsMethods() {}

    public static MethodDescriptor<DiscoveryRequest, DiscoveryResponse> stateOfTheWorld() {
        return AggregatedDiscoveryServiceGrpc.getStreamAggregatedResourcesMethod();
    }

    public static MethodDescriptor<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta() {
        return AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod();
    }
}
