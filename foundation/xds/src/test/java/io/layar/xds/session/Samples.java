package io.layar.xds.session;

import com.google.protobuf.StringValue;
import com.google.rpc.Status;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.layar.xds.ResourceSet;
import io.layar.xds.TypeUrl;
import io.layar.xds.XdsResource;
import java.util.Arrays;
import java.util.List;

/** Resources and requests in short form. */
final class Samples {
    private Samples() {}

    /** Resources from {@code name=content} pairs. */
    static ResourceSet set(String... pairs) {
        return ResourceSet.of(Arrays.stream(pairs)
                .map(pair -> pair.split("=", 2))
                .map(pair -> XdsResource.of(pair[0], StringValue.of(pair[1])))
                .toList());
    }

    /** Clusters of type EDS from {@code name=altStatName} pairs. */
    static ResourceSet clusters(String... pairs) {
        return ResourceSet.of(Arrays.stream(pairs)
                .map(pair -> pair.split("=", 2))
                .map(pair -> XdsResource.of(
                        pair[0],
                        Cluster.newBuilder()
                                .setName(pair[0])
                                .setAltStatName(pair[1])
                                .setType(Cluster.DiscoveryType.EDS)
                                .build()))
                .toList());
    }

    static SotwRequest ask(TypeUrl type, String nonce, String... names) {
        return SotwRequest.of(request(type, nonce, names).build());
    }

    static DiscoveryRequest.Builder request(TypeUrl type, String nonce, String... names) {
        return DiscoveryRequest.newBuilder()
                .setTypeUrl(type.url())
                .setResponseNonce(nonce)
                .addAllResourceNames(List.of(names));
    }

    static SotwRequest refuse(TypeUrl type, String nonce, String error, String... names) {
        return SotwRequest.of(request(type, nonce, names)
                .setErrorDetail(Status.newBuilder().setCode(13).setMessage(error))
                .build());
    }

    static DeltaDiscoveryRequest.Builder delta(TypeUrl type) {
        return DeltaDiscoveryRequest.newBuilder().setTypeUrl(type.url());
    }

    static List<String> names(Sent<?> sent) {
        return sent.resources().stream().map(XdsResource::name).toList();
    }
}
