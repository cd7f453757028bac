package io.layar.xds.session;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.layar.xds.ResourceDiff;
import io.layar.xds.ResourceSet;
import io.layar.xds.Sharing;
import io.layar.xds.TypeUrl;
import io.layar.xds.XdsResource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of a delta stream.
 *
 * <p>A response holds what the client lacks and the names that are gone; a name that was asked for and does not exist is
 * told as gone. Source: Envoy's xDS protocol documentation, "Incremental xDS". Thread: one at a time.
 */
public final class DeltaSession extends Session<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {
    public DeltaSession(Sharing sharing) {
        super(sharing);
    }

    @Override
    public Received receive(DeltaDiscoveryRequest request) {
        TypeUrl type = new TypeUrl(request.getTypeUrl());
        Watch watch = watch(type);
        if (watch == null) {
            return first(type, request);
        }
        // Subscriptions count whatever the nonce says: only the acknowledgement can be too late.
        boolean changed = subscribe(watch, request);
        String nonce = request.getResponseNonce();
        if (nonce.isEmpty()) {
            return new Received.Subscribed(type, false, false);
        }
        if (!nonce.equals(watch.nonceSent)) {
            return changed ? new Received.Subscribed(type, false, false) : new Received.Stale(type);
        }
        if (request.hasErrorDetail()) {
            watch.refused(request.getErrorDetail().getMessage());
            return new Received.Refused(
                    type,
                    request.getErrorDetail().getCode(),
                    request.getErrorDetail().getMessage());
        }
        watch.acknowledged();
        return changed ? new Received.Subscribed(type, false, true) : new Received.Acknowledged(type);
    }

    private Received first(TypeUrl type, DeltaDiscoveryRequest request) {
        Watch watch = newWatch(type);
        if (request.getResourceNamesSubscribeCount() == 0 && type.wildcardByDefault()) {
            watch.subscription = interned(true, ImmutableSet.of());
        } else {
            subscribe(watch, request);
        }
        List<XdsResource> held = request.getInitialResourceVersionsMap().entrySet().stream()
                .filter(entry -> watch.subscription.wildcard()
                        || watch.subscription.names().contains(entry.getKey()))
                .map(entry -> XdsResource.heldByClient(entry.getKey(), entry.getValue()))
                .toList();
        if (!held.isEmpty()) {
            watch.base = ResourceSet.of(held);
            held.forEach(resource -> watch.release(resource.name()));
        }
        return new Received.Subscribed(type, true, false);
    }

    /** Takes the names to add and to drop; true if there were any. */
    private boolean subscribe(Watch watch, DeltaDiscoveryRequest request) {
        int added = request.getResourceNamesSubscribeCount();
        int dropped = request.getResourceNamesUnsubscribeCount();
        if (added == 0 && dropped == 0) {
            return false;
        }
        boolean wildcard = watch.subscription.wildcard();
        Set<String> names = new LinkedHashSet<>(watch.subscription.names());
        for (String name : request.getResourceNamesUnsubscribeList()) {
            if (name.equals("*")) {
                wildcard = false;
            } else {
                names.remove(name);
                watch.release(name);
            }
        }
        boolean wildcardAdded = false;
        for (String name : request.getResourceNamesSubscribeList()) {
            if (name.equals("*")) {
                wildcardAdded = !wildcard;
                wildcard = true;
            } else {
                names.add(name);
                watch.force(name);
            }
        }
        watch.subscription = interned(wildcard, ImmutableSet.copyOf(names));
        namesChanged(watch);
        forget(watch, request, wildcard, names);
        if (wildcardAdded) {
            watch.due = true;
            watch.answered = false;
        }
        return true;
    }

    /** What was unsubscribed is out of the client's mind: it must not be told as gone, and is new if it comes again. */
    private static void forget(Watch watch, DeltaDiscoveryRequest request, boolean wildcard, Set<String> names) {
        if (request.getResourceNamesUnsubscribeCount() == 0) {
            return;
        }
        if (wildcard) {
            // Still covered by the wildcard: the client is told anew what it should have.
            request.getResourceNamesUnsubscribeList().stream()
                    .filter(name -> !name.equals("*"))
                    .forEach(watch::force);
            return;
        }
        ImmutableSet<String> kept = ImmutableSet.copyOf(names);
        watch.base = watch.base.only(kept);
        watch.good = watch.good.only(kept);
        watch.offered = watch.offered.only(kept);
        if (watch.refused != null) {
            watch.refused = watch.refused.only(kept);
        }
    }

    @Override
    @Nullable
    Sent<DeltaDiscoveryResponse> compose(Watch watch, ResourceSet next, ResourceDiff diff, Envelope envelope) {
        ImmutableList<String> removed = removed(watch, next, diff);
        List<XdsResource> resources = changedAndForced(watch, next, diff);
        boolean firstOfAll = !watch.answered && watch.subscription.wildcard();
        if (resources.isEmpty() && removed.isEmpty() && !firstOfAll) {
            return null;
        }
        DeltaDiscoveryResponse.Builder response = DeltaDiscoveryResponse.newBuilder()
                .setSystemVersionInfo(envelope.version())
                .setTypeUrl(watch.type.url())
                .setNonce(envelope.nonce())
                .addAllRemovedResources(removed);
        resources.forEach(resource -> response.addResources(resource.wrapped()));
        return new Sent<>(watch.type, response.build(), resources, removed, envelope.nonce());
    }

    private static ImmutableList<String> removed(Watch watch, ResourceSet next, ResourceDiff diff) {
        if (!watch.type.removable()) {
            return ImmutableList.of();
        }
        if (watch.forced().isEmpty() && watch.refused == null) {
            return diff.removed();
        }
        // Part of a refused response may live in the client: what came with it and is wanted no more goes too.
        Stream<String> refused = watch.refused == null ? Stream.of() : watch.refused.byName().keySet().stream();
        return Stream.of(diff.removed().stream(), watch.forced().stream(), refused)
                .flatMap(names -> names)
                .filter(name -> next.get(name) == null)
                .distinct()
                .collect(ImmutableList.toImmutableList());
    }
}
