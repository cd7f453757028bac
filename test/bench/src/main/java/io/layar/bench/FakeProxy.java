package io.layar.bench;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.layar.xds.client.AdsMethods;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.function.BiConsumer;

/**
 * A connected proxy that takes and acknowledges whatever it is sent, at as little cost as can be.
 *
 * <p>Thread: its channel's; {@code onResponse} is called there with the kind, after the acknowledgement.
 */
final class FakeProxy extends ClientCall.Listener<FakeProxy.Response> {
    private static final String PREFIX = "type.googleapis.com/envoy.config.";
    static final String CLUSTER = PREFIX + "cluster.v3.Cluster";
    static final String ENDPOINT = PREFIX + "endpoint.v3.ClusterLoadAssignment";
    static final String LISTENER = PREFIX + "listener.v3.Listener";
    static final String ROUTE = PREFIX + "route.v3.RouteConfiguration";

    /** What an acknowledgement needs. */
    record Response(String typeUrl, String nonce) {}

    private final ClientCall<DeltaDiscoveryRequest, Response> call;
    private final BiConsumer<String, Integer> onResponse;
    private final int index;

    FakeProxy(Channel channel, int index, BiConsumer<String, Integer> onResponse) {
        this.call = channel.newCall(METHOD, CallOptions.DEFAULT);
        this.index = index;
        this.onResponse = onResponse;
    }

    /** Asks for all clusters and listeners, these endpoints and these routes. */
    void start(Node node, Collection<String> endpoints, Collection<String> routes) {
        call.start(this, new Metadata());
        call.request(1);
        call.sendMessage(DeltaDiscoveryRequest.newBuilder()
                .setNode(node)
                .setTypeUrl(CLUSTER)
                .build());
        call.sendMessage(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(ENDPOINT)
                .addAllResourceNamesSubscribe(endpoints)
                .build());
        call.sendMessage(DeltaDiscoveryRequest.newBuilder().setTypeUrl(LISTENER).build());
        call.sendMessage(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(ROUTE)
                .addAllResourceNamesSubscribe(routes)
                .build());
    }

    @Override
    public void onMessage(Response response) {
        call.sendMessage(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(response.typeUrl())
                .setResponseNonce(response.nonce())
                .build());
        call.request(1);
        onResponse.accept(response.typeUrl(), index);
    }

    @Override
    public void onClose(io.grpc.Status status, Metadata trailers) {
        onResponse.accept("closed: " + status, index);
    }

    /** Reads no resources: only the server is measured. */
    private static final MethodDescriptor<DeltaDiscoveryRequest, Response> METHOD = AdsMethods.delta().toBuilder(
                    ProtoUtils.marshaller(DeltaDiscoveryRequest.getDefaultInstance()),
                    new MethodDescriptor.Marshaller<Response>() {
                        @Override
                        public InputStream stream(Response value) {
                            return ByteString.EMPTY.newInput();
                        }

                        @Override
                        public Response parse(InputStream stream) {
                            return read(stream);
                        }
                    })
            .build();

    private static Response read(InputStream stream) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(stream.readAllBytes());
            String typeUrl = "";
            String nonce = "";
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (WireFormat.getTagFieldNumber(tag)) {
                    case DeltaDiscoveryResponse.TYPE_URL_FIELD_NUMBER -> typeUrl = in.readString();
                    case DeltaDiscoveryResponse.NONCE_FIELD_NUMBER -> nonce = in.readString();
                    default -> in.skipField(tag);
                }
            }
            return new Response(typeUrl, nonce);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
