package io.layar.xds.client;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.layar.xds.Subscription;
import io.layar.xds.TypeUrl;
import java.util.Optional;
import java.util.TreeMap;

/** The client's side of state-of-the-world streams. Thread: one at a time. */
public final class SotwClientSession implements ClientSession<DiscoveryRequest, DiscoveryResponse> {
    private final Node node;
    private final TreeMap<TypeUrl, Watch> watches = new TreeMap<>(TypeUrl.WARMING_ORDER);
    private boolean introduced;

    private static final class Watch {
        private Subscription wanted = Subscription.NOTHING;
        private boolean requested;
        private boolean due;
        private String version = "";
        private String nonce = "";
        private String error = "";
    }

    SotwClientSession(Node node) {
        this.node = node;
    }

    @Override
    public void watch(TypeUrl type, Subscription wanted) {
        Watch watch = watches.computeIfAbsent(type, ignored -> new Watch());
        if (!watch.wanted.equals(wanted)) {
            watch.wanted = wanted;
            // To want nothing is only to be said to a server that was told something else before.
            watch.due = watch.requested || !wanted.isEmpty();
        }
    }

    @Override
    public Optional<DiscoveryRequest> poll() {
        for (var entry : watches.entrySet()) {
            Watch watch = entry.getValue();
            if (watch.due) {
                watch.due = false;
                watch.requested = true;
                return Optional.of(request(entry.getKey(), watch));
            }
        }
        return Optional.empty();
    }

    private DiscoveryRequest request(TypeUrl type, Watch watch) {
        DiscoveryRequest.Builder request = DiscoveryRequest.newBuilder()
                .setTypeUrl(type.url())
                .setVersionInfo(watch.version)
                .setResponseNonce(watch.nonce);
        if (watch.wanted.wildcard() && !watch.wanted.names().isEmpty()) {
            request.addResourceNames("*");
        }
        request.addAllResourceNames(watch.wanted.names());
        if (!watch.error.isEmpty()) {
            request.setErrorDetail(
                    Status.newBuilder().setCode(Code.INVALID_ARGUMENT_VALUE).setMessage(watch.error));
            watch.error = "";
        }
        if (!introduced) {
            introduced = true;
            request.setNode(node);
        }
        return request.build();
    }

    @Override
    public Update read(DiscoveryResponse response) throws InvalidProtocolBufferException {
        TypeUrl type = new TypeUrl(response.getTypeUrl());
        ImmutableList.Builder<Update.Item> items = ImmutableList.builder();
        for (Any body : response.getResourcesList()) {
            items.add(ResourceNames.item(body, response.getVersionInfo()));
        }
        return new Update(type, type.fullState(), items.build(), ImmutableList.of(), response.getVersionInfo());
    }

    @Override
    public void answer(DiscoveryResponse response, Update update, Verdict verdict) {
        Watch watch = watches.get(update.type());
        if (watch == null) {
            return;
        }
        watch.nonce = response.getNonce();
        watch.error = verdict.error();
        if (verdict.accepted()) {
            watch.version = update.version();
        }
        watch.due = true;
    }

    @Override
    public void disconnected() {
        introduced = false;
        watches.values().forEach(watch -> {
            watch.nonce = "";
            watch.error = "";
            watch.requested = false;
            watch.due = !watch.wanted.isEmpty();
        });
    }
}
