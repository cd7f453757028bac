package io.layar.xds.client;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.layar.xds.Subscription;
import io.layar.xds.TypeUrl;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;

/** The client's side of delta streams. Thread: one at a time. */
public final class DeltaClientSession implements ClientSession<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {
    private static final String EVERYTHING = "*";

    private final Node node;
    private final TreeMap<TypeUrl, Watch> watches = new TreeMap<>(TypeUrl.WARMING_ORDER);
    private boolean introduced;

    private record Answer(String nonce, String error) {}

    private static final class Watch {
        private Subscription wanted = Subscription.NOTHING;
        /** What the server was told on this stream. */
        private ImmutableSet<String> told = ImmutableSet.of();

        private boolean requested;
        private final Queue<Answer> answers = new ArrayDeque<>();
        private final Map<String, String> versions = new LinkedHashMap<>();

        private ImmutableSet<String> names() {
            return wanted.wildcard()
                    ? ImmutableSet.<String>builder()
                            .add(EVERYTHING)
                            .addAll(wanted.names())
                            .build()
                    : wanted.names();
        }
    }

    DeltaClientSession(Node node) {
        this.node = node;
    }

    @Override
    public void watch(TypeUrl type, Subscription wanted) {
        Watch watch = watches.computeIfAbsent(type, ignored -> new Watch());
        watch.wanted = wanted;
        if (!wanted.wildcard()) {
            watch.versions.keySet().retainAll(wanted.names());
        }
    }

    @Override
    public Optional<DeltaDiscoveryRequest> poll() {
        for (var entry : watches.entrySet()) {
            Watch watch = entry.getValue();
            if (!watch.answers.isEmpty() || !watch.told.equals(watch.names())) {
                return Optional.of(request(entry.getKey(), watch));
            }
        }
        return Optional.empty();
    }

    private DeltaDiscoveryRequest request(TypeUrl type, Watch watch) {
        DeltaDiscoveryRequest.Builder request =
                DeltaDiscoveryRequest.newBuilder().setTypeUrl(type.url());
        Answer answer = watch.answers.poll();
        if (answer != null) {
            request.setResponseNonce(answer.nonce());
            if (!answer.error().isEmpty()) {
                request.setErrorDetail(
                        Status.newBuilder().setCode(Code.INVALID_ARGUMENT_VALUE).setMessage(answer.error()));
            }
        } else {
            ImmutableSet<String> names = watch.names();
            request.addAllResourceNamesSubscribe(Sets.difference(names, watch.told));
            request.addAllResourceNamesUnsubscribe(Sets.difference(watch.told, names));
            watch.told = names;
            if (!watch.requested) {
                request.putAllInitialResourceVersions(watch.versions);
            }
            watch.requested = true;
        }
        if (!introduced) {
            introduced = true;
            request.setNode(node);
        }
        return request.build();
    }

    @Override
    public Update read(DeltaDiscoveryResponse response) throws InvalidProtocolBufferException {
        ImmutableList.Builder<Update.Item> items = ImmutableList.builder();
        for (Resource resource : response.getResourcesList()) {
            if (resource.getName().isEmpty()) {
                throw new InvalidProtocolBufferException("resource without a name");
            }
            items.add(new Update.Item(resource.getName(), resource.getVersion(), resource.getResource()));
        }
        return new Update(
                new TypeUrl(response.getTypeUrl()),
                false,
                items.build(),
                ImmutableList.copyOf(response.getRemovedResourcesList()),
                response.getSystemVersionInfo());
    }

    @Override
    public void answer(DeltaDiscoveryResponse response, Update update, Verdict verdict) {
        Watch watch = watches.get(update.type());
        if (watch == null) {
            return;
        }
        for (Update.Item item : update.resources()) {
            boolean wanted = watch.wanted.wildcard() || watch.wanted.names().contains(item.name());
            if (wanted && !verdict.refused().contains(item.name())) {
                watch.versions.put(item.name(), item.version());
            }
        }
        update.removed().forEach(watch.versions::remove);
        watch.answers.add(new Answer(response.getNonce(), verdict.error()));
    }

    @Override
    public void disconnected() {
        introduced = false;
        watches.values().forEach(watch -> {
            watch.told = ImmutableSet.of();
            watch.answers.clear();
            watch.requested = false;
        });
    }
}
