package io.layar.xds.session;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.layar.xds.ResourceDiff;
import io.layar.xds.ResourceSet;
import io.layar.xds.Sharing;
import io.layar.xds.Subscription;
import io.layar.xds.TypeUrl;
import io.layar.xds.XdsResource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of a state-of-the-world stream.
 *
 * <p>A response of a {@linkplain TypeUrl#fullState full-state} kind holds everything subscribed; of other kinds, what
 * changed, what was newly subscribed, and what the client needs again. Source: Envoy's xDS protocol documentation,
 * "The xDS transport protocol". Thread: one at a time.
 */
public final class SotwSession extends Session<SotwRequest, DiscoveryResponse> {
    private static final String EVERYTHING = "*";

    public SotwSession(Sharing sharing) {
        super(sharing);
    }

    @Override
    public Received receive(SotwRequest request) {
        TypeUrl type = new TypeUrl(request.typeUrl());
        Watch watch = watch(type);
        if (watch == null) {
            return first(type, request);
        }
        String nonce = request.nonce();
        if (nonce.isEmpty()) {
            return startedAnew(watch, request);
        }
        if (!nonce.equals(watch.nonceSent)) {
            return new Received.Stale(type);
        }
        if (request.refusal()) {
            watch.refused(request.error().getMessage());
            subscribe(watch, request);
            return new Received.Refused(
                    type, request.error().getCode(), request.error().getMessage());
        }
        boolean again = !watch.outstanding;
        watch.acknowledged();
        boolean changed = subscribe(watch, request);
        if (!changed && again && type.equals(TypeUrl.ENDPOINT)) {
            // A second answer to the same response asks for something: a cluster that warms again re-requests its
            // endpoints.
            watch.subscription.names().forEach(watch::force);
            changed = true;
        }
        return changed ? new Received.Subscribed(type, false, true) : new Received.Acknowledged(type);
    }

    private Received first(TypeUrl type, SotwRequest request) {
        Watch watch = newWatch(type);
        subscribe(watch, request);
        return new Received.Subscribed(type, true, false);
    }

    /** Without a nonce the client has forgotten what it was sent: it gets everything again. */
    private Received startedAnew(Watch watch, SotwRequest request) {
        watch.outstanding = false;
        watch.answered = false;
        watch.base = ResourceSet.EMPTY;
        watch.refused = null;
        watch.lastError = "";
        watch.due = true;
        subscribe(watch, request);
        return new Received.Subscribed(watch.type, true, false);
    }

    /** Takes the names of the request; true if the subscription is another than before. */
    private boolean subscribe(Watch watch, SotwRequest request) {
        if (request.names().equals(watch.namesAsSent) && request.nameCount() > 0) {
            return false;
        }
        watch.namesAsSent = interned(request.names());
        Subscription before = watch.subscription;
        Subscription now = asked(watch, request);
        if (now.equals(before)) {
            return false;
        }
        watch.subscription = interned(now.wildcard(), now.names());
        namesChanged(watch);
        for (String name : now.names()) {
            if (!before.names().contains(name)) {
                watch.force(name);
            }
        }
        for (String name : before.names()) {
            if (!now.names().contains(name)) {
                watch.release(name);
            }
        }
        if (now.wildcard() != before.wildcard() || watch.type.fullState()) {
            watch.due = true;
        }
        if (!watch.due) {
            // Only names fewer than before: the client has forgotten them by itself.
            watch.base = watch.base.only(now.names());
        }
        return true;
    }

    /** No names mean everything for as long as the client never gave one, for the kinds where that is so. */
    private static Subscription asked(Watch watch, SotwRequest request) {
        if (request.nameCount() == 0) {
            return !watch.everNamed && watch.type.wildcardByDefault() ? Subscription.EVERYTHING : Subscription.NOTHING;
        }
        watch.everNamed = true;
        ImmutableSet<String> names = request.decodedNames();
        if (!names.contains(EVERYTHING)) {
            return new Subscription(false, names);
        }
        return new Subscription(
                true, names.stream().filter(name -> !name.equals(EVERYTHING)).collect(ImmutableSet.toImmutableSet()));
    }

    @Override
    @Nullable
    Sent<DiscoveryResponse> compose(Watch watch, ResourceSet next, ResourceDiff diff, Envelope envelope) {
        boolean nothingNew = diff.isEmpty() && watch.forced().isEmpty();
        boolean firstOfAll = !watch.answered && (watch.subscription.wildcard() || watch.type.fullState());
        if ((nothingNew && !firstOfAll) || watch.subscription.isEmpty()) {
            return null;
        }
        DiscoveryResponse.Builder response = DiscoveryResponse.newBuilder()
                .setVersionInfo(envelope.version())
                .setTypeUrl(watch.type.url())
                .setNonce(envelope.nonce());
        List<XdsResource> resources;
        if (watch.type.fullState() || watch.subscription.wildcard()) {
            resources = next.byName().values().asList();
            response.addAllResources(next.bodies());
        } else {
            resources = changedAndForced(watch, next, diff);
            if (resources.isEmpty()) {
                return null;
            }
            resources.forEach(resource -> response.addResources(resource.body()));
        }
        return new Sent<>(watch.type, response.build(), resources, ImmutableList.of(), envelope.nonce());
    }
}
