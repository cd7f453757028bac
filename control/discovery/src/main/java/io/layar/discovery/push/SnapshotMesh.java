package io.layar.discovery.push;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import com.google.common.collect.MapMaker;
import io.layar.config.ConfigDelta;
import io.layar.config.ConfigSet;
import io.layar.config.Kinds;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.mesh.MeshNetworks;
import io.layar.mesh.MeshDelta;
import io.layar.mesh.MeshSettings;
import io.layar.mesh.MeshSnapshot;
import io.layar.mesh.ProxyView;
import io.layar.mesh.kube.World;
import io.layar.mesh.proxy.Proxy;
import io.layar.mesh.scope.ScopeInputs;
import io.layar.mesh.scope.Scopes;
import io.layar.mesh.scope.SidecarScope;
import io.layar.xds.TypeUrl;
import io.layar.xds.XdsResource;
import io.layar.xdsgen.cluster.Clusters;
import io.layar.xdsgen.dns.NameTables;
import io.layar.xdsgen.endpoint.Endpoints;
import io.layar.xdsgen.extensions.NodeExtensions;
import io.layar.xdsgen.grpc.GrpcClusters;
import io.layar.xdsgen.grpc.GrpcListeners;
import io.layar.xdsgen.grpc.GrpcRoutes;
import io.layar.xdsgen.listener.Listeners;
import io.layar.xdsgen.route.Routes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The mesh of a snapshot, with the views of connected proxies.
 *
 * <p>Views are kept while what they show is the same: after a change of endpoints only the proxies at the addresses concerned
 * are looked at again. Thread: any.
 */
public final class SnapshotMesh implements MeshState {
    private final MeshSnapshot snapshot;
    private final World world;
    private final Map<ScopeInputs, SidecarScope> scopes;
    private final Map<Proxy, Seen> seen = new MapMaker().weakKeys().makeMap();
    private final Map<Proxy, Seen> before;
    private final ImmutableSet<String> touched;
    private final LabelUse labels;

    /** A proxy's view and what it is like. */
    private record Seen(ProxyView view, Likeness likeness, Likeness listeners, Likeness endpoints) {}

    private SnapshotMesh(
            MeshSnapshot snapshot,
            Map<ScopeInputs, SidecarScope> scopes,
            Map<Proxy, Seen> before,
            ImmutableSet<String> touched) {
        this.snapshot = snapshot;
        this.world = snapshot.world();
        this.scopes = scopes;
        this.before = before;
        this.touched = touched;
        this.labels = LabelUse.of(snapshot);
    }

    /** A mesh of these objects. */
    public static SnapshotMesh of(MeshSettings settings, ConfigSet configs, MeshConfig mesh, MeshNetworks networks) {
        return whole(MeshSnapshot.of(settings, configs, mesh, networks));
    }

    private static SnapshotMesh whole(MeshSnapshot snapshot) {
        return new SnapshotMesh(snapshot, new ConcurrentHashMap<>(), Map.of(), ImmutableSet.of());
    }

    public MeshSnapshot snapshot() {
        return snapshot;
    }

    /** The same objects under another mesh configuration. */
    public SnapshotMesh with(MeshConfig mesh, @Nullable MeshNetworks networks) {
        MeshSnapshot next = snapshot.apply(new MeshDelta(ConfigDelta.NONE, mesh, networks));
        return next == snapshot ? this : whole(next);
    }

    @Override
    public MeshState apply(ConfigDelta delta) {
        MeshSnapshot next = snapshot.apply(MeshDelta.of(delta));
        if (next == snapshot) {
            return this;
        }
        return SnapshotDiff.between(snapshot, next).everything()
                ? whole(next)
                : new SnapshotMesh(next, scopes, seen, SnapshotDiff.addresses(snapshot, next, delta));
    }

    @Override
    public Change since(MeshState earlier) {
        return earlier instanceof SnapshotMesh that ? SnapshotDiff.between(that.snapshot, snapshot) : Change.EVERYTHING;
    }

    @Override
    public ConfigSet config() {
        return snapshot.configs();
    }

    private Seen seen(Proxy proxy) {
        Seen known = seen.get(proxy);
        if (known == null) {
            known = look(proxy, before.get(proxy));
            seen.put(proxy, known);
        }
        return known;
    }

    private Seen look(Proxy proxy, @Nullable Seen old) {
        if (old != null && proxy.ips().stream().noneMatch(touched::contains)) {
            ProxyView view = old.view();
            return new Seen(
                    new ProxyView(
                            snapshot, view.proxy(), view.proxyConfig(), view.scope(), view.targets(), view.gateways()),
                    old.likeness(),
                    old.listeners(),
                    old.endpoints());
        }
        ProxyView view =
                ProxyView.of(snapshot, world, proxy, inputs -> scopes.computeIfAbsent(inputs, Scopes::compute));
        return new Seen(view, Likeness.of(view), Likeness.ofListeners(view), Likeness.ofEndpoints(view, labels));
    }

    /** The mesh as this proxy sees it. */
    public ProxyView view(Proxy proxy) {
        return seen(proxy).view();
    }

    @Override
    public Object likeness(Proxy proxy, TypeUrl type) {
        Seen one = seen(proxy);
        if (type.equals(TypeUrl.ENDPOINT)) {
            return one.endpoints();
        }
        return type.equals(TypeUrl.LISTENER) ? one.listeners() : one.likeness();
    }

    @Override
    public ImmutableList<XdsResource> all(Proxy proxy, TypeUrl type) {
        ProxyView view = view(proxy);
        if (proxy.isProxylessGrpc()) {
            return type.equals(TypeUrl.LISTENER)
                    ? packed(view, GrpcListeners.generate(view, List.of()))
                    : ImmutableList.of();
        }
        if (type.equals(TypeUrl.CLUSTER)) {
            return packed(view, Clusters.generate(view));
        }
        if (type.equals(TypeUrl.LISTENER)) {
            return packed(view, Listeners.generate(view));
        }
        return type.equals(TypeUrl.NAME_TABLE) && NameTables.isUsed(view)
                ? packed(view, List.of(NameTables.generate(view)))
                : ImmutableList.of();
    }

    @Override
    public ImmutableList<XdsResource> named(Proxy proxy, TypeUrl type, ImmutableSet<String> names) {
        ProxyView view = view(proxy);
        if (type.equals(TypeUrl.ENDPOINT)) {
            return packed(view, Endpoints.generate(view, names.asList()));
        }
        if (proxy.isProxylessGrpc()) {
            return packed(view, forGrpc(view, type, names));
        }
        if (type.wildcardByDefault()) {
            return all(proxy, type).stream()
                    .filter(resource -> names.contains(resource.name()))
                    .collect(ImmutableList.toImmutableList());
        }
        return type.equals(TypeUrl.ROUTE) ? packed(view, Routes.generate(view, names.asList())) : ImmutableList.of();
    }

    private static List<io.layar.xdsgen.XdsResource> forGrpc(ProxyView view, TypeUrl type, ImmutableSet<String> names) {
        if (type.equals(TypeUrl.LISTENER)) {
            return GrpcListeners.generate(view, names);
        }
        if (type.equals(TypeUrl.CLUSTER)) {
            return GrpcClusters.generate(view, names);
        }
        return type.equals(TypeUrl.ROUTE) ? GrpcRoutes.generate(view, names) : List.of();
    }

    private static ImmutableList<XdsResource> packed(ProxyView view, List<io.layar.xdsgen.XdsResource> generated) {
        return NodeExtensions.of(view.proxy()).restrict(generated).stream()
                .map(resource -> XdsResource.of(resource.name(), resource.any()))
                .collect(ImmutableList.toImmutableList());
    }

    /** {@code outbound|80|v1|host} or {@code outbound_.80_.v1_.host}. */
    @Override
    public String hostOfEndpoints(String name) {
        int bar = name.lastIndexOf('|');
        if (bar >= 0) {
            return name.substring(bar + 1);
        }
        int dotted = name.lastIndexOf("_.");
        return dotted < 0 ? "" : name.substring(dotted + 2);
    }

    @Override
    public int services() {
        return size(snapshot.services().all());
    }

    private static int size(Iterable<?> all) {
        return all instanceof Collection<?> collection ? collection.size() : Iterables.size(all);
    }

    @Override
    public int virtualServices() {
        return snapshot.configs().of(Kinds.VIRTUAL_SERVICE).size();
    }
}
