package io.layar.discovery.push;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Interner;
import io.layar.mesh.proxy.Proxy;
import io.layar.xds.ResourceSet;
import io.layar.xds.Subscription;
import io.layar.xds.TypeUrl;
import io.layar.xds.XdsResource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One state of the mesh with everything generated from it so far.
 *
 * <p>Like proxies share one {@link ResourceSet} instance. A set that comes out equal to that of the era before is that very
 * instance, so a session sees at once that there is nothing to send. When only endpoints changed, all other sets are taken
 * over, and in sets of endpoints only those of the changed services are made anew. Thread: any.
 */
public final class Era {
    private final MeshState state;
    private final String version;
    private final long startedNanos;
    private final ResourceRewrite rewrite;
    private final Interner<XdsResource> resources;
    private final Map<Key, ResourceSet> sets;
    private final Map<Key, ResourceSet> before;
    private final Change change;

    private record Key(Object likeness, Object rewriteLikeness, TypeUrl type, Subscription subscription) {}

    private Era(
            MeshState state,
            String version,
            long startedNanos,
            Shared shared,
            Map<Key, ResourceSet> before,
            Change change) {
        this.state = state;
        this.version = version;
        this.startedNanos = startedNanos;
        this.rewrite = shared.rewrite();
        this.resources = shared.resources();
        this.sets = new ConcurrentHashMap<>();
        this.before = before;
        this.change = change;
    }

    /** What all eras have in common. */
    public record Shared(ResourceRewrite rewrite, Interner<XdsResource> resources) {}

    public static Era first(MeshState state, Shared shared) {
        return new Era(state, "0", 0, shared, Map.of(), Change.EVERYTHING);
    }

    /** The era after this; {@code startedNanos} is when its first change arrived. */
    public Era next(MeshState state, String version, long startedNanos) {
        return new Era(state, version, startedNanos, new Shared(rewrite, resources), sets, state.since(this.state));
    }

    public MeshState state() {
        return state;
    }

    public String version() {
        return version;
    }

    public long startedNanos() {
        return startedNanos;
    }

    /** What made this era of the one before. */
    public Change change() {
        return change;
    }

    /** Number of sets generated or taken over so far. */
    public int size() {
        return sets.size();
    }

    public ResourceSet resources(Proxy proxy, TypeUrl type, Subscription subscription) {
        Key key = new Key(state.likeness(proxy, type), rewrite.likeness(proxy), type, subscription);
        ResourceSet known = sets.get(key);
        if (known == null) {
            // Two workers may make the same set; the first put wins, so that all clients share one instance.
            ResourceSet made = make(proxy, key, before.get(key));
            ResourceSet earlier = sets.putIfAbsent(key, made);
            known = earlier == null ? made : earlier;
        }
        return known;
    }

    private ResourceSet make(Proxy proxy, Key key, @Nullable ResourceSet old) {
        TypeUrl type = key.type();
        if (old != null && !change.everything()) {
            return type.equals(TypeUrl.ENDPOINT) ? withChangedEndpoints(proxy, key, old) : old;
        }
        ImmutableList.Builder<XdsResource> all = ImmutableList.builder();
        if (key.subscription().wildcard()) {
            all.addAll(state.all(proxy, type));
        }
        if (!key.subscription().names().isEmpty()) {
            all.addAll(state.named(proxy, type, key.subscription().names()));
        }
        ResourceSet made = ResourceSet.of(finished(proxy, type, all.build()));
        return old != null && old.equals(made) && sameOrder(old, made) ? old : made;
    }

    private static boolean sameOrder(ResourceSet one, ResourceSet other) {
        return one.byName().keySet().asList().equals(other.byName().keySet().asList());
    }

    private ResourceSet withChangedEndpoints(Proxy proxy, Key key, ResourceSet old) {
        ImmutableSet<String> names = key.subscription().names().stream()
                .filter(name -> change.endpointHosts().contains(state.hostOfEndpoints(name)))
                .collect(ImmutableSet.toImmutableSet());
        if (names.isEmpty()) {
            return old;
        }
        ImmutableList<XdsResource> made = finished(proxy, key.type(), state.named(proxy, key.type(), names));
        ImmutableList<XdsResource> changed = made.stream()
                .filter(resource -> !resource.equals(old.get(resource.name())))
                .collect(ImmutableList.toImmutableList());
        return changed.isEmpty() ? old : old.with(changed, ImmutableList.of());
    }

    private ImmutableList<XdsResource> finished(Proxy proxy, TypeUrl type, ImmutableList<XdsResource> generated) {
        return rewrite.rewrite(proxy, type, generated).stream()
                .map(resources::intern)
                .collect(ImmutableList.toImmutableList());
    }
}
