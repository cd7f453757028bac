package io.layar.xds.session;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.layar.xds.ResourceDiff;
import io.layar.xds.ResourceSet;
import io.layar.xds.Sharing;
import io.layar.xds.Subscription;
import io.layar.xds.TypeUrl;
import io.layar.xds.XdsResource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one stream: takes requests, and says what has to be sent and when.
 *
 * <p>The owner loops: while {@link #nextDue} names a kind, it builds the resources for {@link #subscription} of that kind
 * and {@link #offer}s them. {@code Q} is the request message, {@code R} the response message.
 *
 * <p>Order: kinds come in {@link TypeUrl#WARMING_ORDER}. Back-pressure: one response of a kind is outstanding until the
 * client acknowledges or refuses it; what changes meanwhile is merged into the next. Thread: one at a time (no I/O, no clock).
 */
public abstract sealed class Session<Q, R> permits SotwSession, DeltaSession {
    private final TreeMap<TypeUrl, Watch> watches = new TreeMap<>(TypeUrl.WARMING_ORDER);
    private final Sharing sharing;
    /** Endpoints of new clusters, for which the client has not asked yet. */
    private final Set<String> awaitedEndpoints = new HashSet<>();

    private long responses;

    Session(Sharing sharing) {
        this.sharing = sharing;
    }

    /** Takes a request; afterwards ask {@link #nextDue}. */
    public abstract Received receive(Q request);

    abstract @Nullable Sent<R> compose(Watch watch, ResourceSet next, ResourceDiff diff, Envelope envelope);

    /** Version and nonce of a response. */
    record Envelope(String version, String nonce) {}

    /** Kinds that the client asked for, in warming order. */
    public final ImmutableList<TypeUrl> watched() {
        return ImmutableList.copyOf(watches.keySet());
    }

    /** What the client wants of this kind as of now. */
    public final Subscription subscription(TypeUrl type) {
        Watch watch = watches.get(type);
        return watch == null ? Subscription.NOTHING : watch.subscription;
    }

    /** Something may have changed: all kinds have to be offered again. */
    public final void changed() {
        watches.values().forEach(watch -> watch.due = true);
    }

    /** Something of this kind may have changed. */
    public final void changed(TypeUrl type) {
        Watch watch = watches.get(type);
        if (watch != null) {
            watch.due = true;
        }
    }

    /**
     * The next kind to offer: due, with no response of it outstanding, and not held back.
     *
     * <p>Changes of listeners, routes and what else uses clusters are held until the client has the clusters they may use:
     * until clusters and endpoints are acknowledged. Clusters that are gone are taken away last.
     */
    public final Optional<TypeUrl> nextDue() {
        boolean warming = clustersAreWarming();
        for (Watch watch : watches.values()) {
            boolean held = warming && watch.answered && usesClusters(watch.type);
            if (watch.due && !watch.outstanding && !held) {
                return Optional.of(watch.type);
            }
        }
        Watch clusters = watches.get(TypeUrl.CLUSTER);
        if (clusters != null && clusters.retiring && !warming && settledBut(clusters)) {
            return Optional.of(TypeUrl.CLUSTER);
        }
        return Optional.empty();
    }

    /** Whether something would be sent if the client answered; the owner may call {@link #stopWaiting} after a while. */
    public final boolean waiting() {
        return !awaitedEndpoints.isEmpty() || watches.values().stream().anyMatch(watch -> watch.outstanding);
    }

    /** The client has been silent for too long: go on as if it had answered. A late answer still counts. */
    public final void stopWaiting() {
        awaitedEndpoints.clear();
        watches.values().forEach(watch -> watch.outstanding = false);
    }

    /**
     * Offers what the client should have of this kind under its {@link #subscription}.
     *
     * @return the response to send; empty when the client has it already
     */
    public final Optional<Sent<R>> offer(TypeUrl type, ResourceSet next, String version) {
        Watch watch = watches.get(type);
        if (watch == null || watch.outstanding) {
            return Optional.empty();
        }
        if (watch.refused != null) {
            ResourceDiff since = sharing.between(watch.refused, next);
            if (since.isEmpty() && watch.forced().isEmpty()) {
                watch.due = false;
                watch.retiring = false;
                return Optional.empty();
            }
            // The client may have taken the good part of what it refused: where that differs, it hears again.
            since.changed().forEach(resource -> watch.force(resource.name()));
        }
        return send(watch, keepingRetired(watch, next), version);
    }

    private Optional<Sent<R>> send(Watch watch, ResourceSet next, String version) {
        ResourceDiff diff = sharing.between(watch.base, next);
        Sent<R> sent = compose(watch, next, diff, new Envelope(version, Long.toString(responses + 1)));
        if (sent == null) {
            watch.settled(next);
            return Optional.empty();
        }
        responses++;
        if (watch.type.equals(TypeUrl.CLUSTER)) {
            expectEndpoints(watch, diff);
        }
        watch.sent(next, sent.nonce(), version);
        return Optional.of(sent);
    }

    /**
     * Clusters that are gone stay while listeners or routes of before may still use them: they go with the next offer, which
     * comes when everything else is settled.
     */
    private ResourceSet keepingRetired(Watch watch, ResourceSet next) {
        boolean lastStep = watch.retiring && !watch.due;
        watch.retiring = false;
        if (lastStep || !watch.type.equals(TypeUrl.CLUSTER) || !watch.subscription.wildcard() || !routesAreKnown()) {
            return next;
        }
        ImmutableList<String> removed = sharing.between(watch.base, next).removed();
        if (removed.isEmpty()) {
            return next;
        }
        watch.retiring = true;
        List<XdsResource> kept = new ArrayList<>();
        removed.forEach(name -> {
            XdsResource resource = watch.base.get(name);
            if (resource != null && resource.hasBody()) {
                kept.add(resource);
            }
        });
        return next.with(kept, ImmutableList.of());
    }

    private boolean routesAreKnown() {
        return watches.values().stream().anyMatch(watch -> usesClusters(watch.type) && watch.answered);
    }

    private boolean settledBut(Watch one) {
        return watches.values().stream().allMatch(watch -> watch == one || (!watch.due && !watch.outstanding))
                && !one.outstanding;
    }

    private static boolean usesClusters(TypeUrl type) {
        return type.equals(TypeUrl.LISTENER)
                || type.equals(TypeUrl.ROUTE)
                || type.equals(TypeUrl.SCOPED_ROUTE)
                || type.equals(TypeUrl.VIRTUAL_HOST)
                || type.equals(TypeUrl.EXTENSION_CONFIG);
    }

    private boolean clustersAreWarming() {
        return !awaitedEndpoints.isEmpty() || busy(TypeUrl.CLUSTER) || busy(TypeUrl.ENDPOINT);
    }

    private boolean busy(TypeUrl type) {
        Watch watch = watches.get(type);
        return watch != null && (watch.outstanding || watch.due);
    }

    /** Facts for debug pages, in warming order. */
    public final ImmutableList<WatchStatus> status() {
        return watches.values().stream().map(Watch::status).collect(ImmutableList.toImmutableList());
    }

    /**
     * A cluster that changed is warmed anew by the client and waits for its endpoints, even if those are the same; for a
     * new one the client is about to ask.
     */
    private void expectEndpoints(Watch clusters, ResourceDiff diff) {
        Watch endpoints = watches.get(TypeUrl.ENDPOINT);
        if (endpoints == null || !endpoints.answered) {
            return;
        }
        boolean asksForAll =
                clusters.answered && clusters.subscription.wildcard() && !endpoints.subscription.wildcard();
        for (XdsResource cluster : diff.changed()) {
            String name = ClusterNeeds.endpointsOf(cluster);
            if (name == null) {
                continue;
            }
            if (endpoints.subscription.wildcard()
                    || endpoints.subscription.names().contains(name)) {
                endpoints.force(name);
            } else if (asksForAll) {
                awaitedEndpoints.add(name);
            }
        }
    }

    /** To be called when the names of a watch changed. */
    final void namesChanged(Watch watch) {
        if (watch.type.equals(TypeUrl.ENDPOINT)) {
            awaitedEndpoints.removeAll(watch.subscription.names());
        }
    }

    final @Nullable Watch watch(TypeUrl type) {
        return watches.get(type);
    }

    final Watch newWatch(TypeUrl type) {
        Watch watch = new Watch(type);
        watches.put(type, watch);
        return watch;
    }

    final Subscription interned(boolean wildcard, ImmutableSet<String> names) {
        return sharing.intern(new Subscription(wildcard, names));
    }

    final ByteBuffer interned(ByteBuffer names) {
        return sharing.intern(names);
    }

    /** Resources to put in a response: what changed, and of the forced names those that exist and are not yet in. */
    static List<XdsResource> changedAndForced(Watch watch, ResourceSet next, ResourceDiff diff) {
        ImmutableSet<String> forced = watch.forced();
        if (forced.isEmpty()) {
            return diff.changed();
        }
        List<XdsResource> resources = new ArrayList<>(diff.changed());
        ImmutableSet<String> there =
                diff.changed().stream().map(XdsResource::name).collect(ImmutableSet.toImmutableSet());
        for (String name : forced) {
            XdsResource resource = next.get(name);
            if (resource != null && !there.contains(name)) {
                resources.add(resource);
            }
        }
        return resources;
    }
}
