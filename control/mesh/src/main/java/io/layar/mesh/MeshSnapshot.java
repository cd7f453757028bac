package io.layar.mesh;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import io.layar.config.ConfigDelta;
import io.layar.config.ConfigSet;
import io.layar.config.Kind;
import io.layar.config.Kinds;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.mesh.MeshNetworks;
import io.layar.mesh.kube.AffectedServices;
import io.layar.mesh.kube.EndpointConversion;
import io.layar.mesh.kube.Services;
import io.layar.mesh.kube.World;
import io.layar.mesh.policy.PeerAuthenticationIndex;
import io.layar.mesh.routing.DestinationRuleIndex;
import io.layar.mesh.routing.VirtualServiceIndex;
import io.layar.mesh.scope.SidecarIndex;
import io.layar.mesh.service.EndpointIndex;
import io.layar.mesh.service.NetworkGateways;
import io.layar.mesh.service.ServiceIndex;
import io.layar.mesh.service.Visibility;
import java.util.Collection;
import java.util.function.Function;

/**
 * The mesh at one instant.
 *
 * <p>Law: {@code of(x).apply(delta)} equals {@code of(x with delta)}; an index that the delta does not change stays the same
 * instance. {@code everything} holds all objects, {@code configs} those of the namespaces that the mesh looks at. Thread:
 * any (immutable).
 */
public record MeshSnapshot(
        MeshSettings settings,
        ConfigSet everything,
        ConfigSet configs,
        MeshConfig mesh,
        MeshNetworks networks,
        ServiceIndex services,
        EndpointIndex endpoints,
        NetworkGateways networkGateways,
        VirtualServiceIndex virtualServices,
        DestinationRuleIndex destinationRules,
        SidecarIndex sidecars,
        PeerAuthenticationIndex peerAuthentications,
        ConfigSet others) {

    private static final ImmutableSet<Kind<?>> INDEXED = ImmutableSet.of(
            Kinds.SERVICE,
            Kinds.SERVICE_ENTRY,
            Kinds.ENDPOINT_SLICE,
            Kinds.POD,
            Kinds.NODE,
            Kinds.WORKLOAD_ENTRY,
            Kinds.VIRTUAL_SERVICE,
            Kinds.DESTINATION_RULE,
            Kinds.SIDECAR,
            Kinds.PEER_AUTHENTICATION);

    /** A mesh without any object. */
    public static MeshSnapshot empty(MeshSettings settings, MeshConfig mesh, MeshNetworks networks) {
        return new MeshSnapshot(
                        settings,
                        ConfigSet.EMPTY,
                        ConfigSet.EMPTY,
                        mesh,
                        networks,
                        ServiceIndex.EMPTY,
                        EndpointIndex.EMPTY,
                        NetworkGateways.NONE,
                        VirtualServiceIndex.EMPTY,
                        DestinationRuleIndex.EMPTY,
                        SidecarIndex.EMPTY,
                        PeerAuthenticationIndex.EMPTY,
                        ConfigSet.EMPTY)
                .apply(new MeshDelta(ConfigDelta.NONE, mesh, networks));
    }

    public static MeshSnapshot of(MeshSettings settings, ConfigSet configs, MeshConfig mesh, MeshNetworks networks) {
        return empty(settings, mesh, networks).apply(MeshDelta.of(ConfigSet.EMPTY.deltaTo(configs)));
    }

    /** Returns this very instance when nothing changes. */
    public MeshSnapshot apply(MeshDelta delta) {
        if (delta.isEmpty()) {
            return this;
        }
        MeshConfig nextMesh = delta.mesh() == null || delta.mesh().equals(mesh) ? mesh : delta.mesh();
        MeshNetworks nextNetworks =
                delta.networks() == null || delta.networks().equals(networks) ? networks : delta.networks();
        ConfigSet all = everything.apply(delta.config());
        ConfigSet seen = DiscoverySelectors.select(all, nextMesh, settings.systemNamespace());
        boolean selected = seen != all || configs != everything;
        ConfigDelta change = selected ? configs.deltaTo(seen) : delta.config();
        boolean meshChanged = delta.mesh() != null || nextNetworks != networks;
        World world = new World(seen, nextMesh, nextNetworks, settings);
        Step step = new Step(change, meshChanged, world);
        ServiceIndex nextServices = step.services();
        return new MeshSnapshot(
                settings,
                all,
                seen,
                nextMesh,
                nextNetworks,
                nextServices,
                step.endpoints(nextServices),
                step.networkGateways(nextServices),
                step.virtualServices(),
                step.destinationRules(),
                step.sidecars(),
                step.peerAuthentications(),
                others.apply(without(change)));
    }

    private static ConfigDelta without(ConfigDelta delta) {
        var updated = ImmutableSortedMap.copyOf(Maps.filterKeys(delta.updated(), k -> !INDEXED.contains(k.kind())));
        var removed = ImmutableSortedSet.copyOf(Sets.filter(delta.removed(), k -> !INDEXED.contains(k.kind())));
        return new ConfigDelta(updated, removed);
    }

    /** One step from this snapshot: each index is made again if a kind that it reads changed, and kept if it came out equal. */
    private final class Step {
        private final ConfigDelta delta;
        private final boolean meshChanged;
        private final World world;

        Step(ConfigDelta delta, boolean meshChanged, World world) {
            this.delta = delta;
            this.meshChanged = meshChanged;
            this.world = world;
        }

        private <T> T remade(T current, Function<World, T> make, Kind<?>... kinds) {
            boolean touched = meshChanged;
            for (Kind<?> kind : kinds) {
                touched |= delta.touches(kind);
            }
            if (!touched) {
                return current;
            }
            T next = make.apply(world);
            return next.equals(current) ? current : next;
        }

        ServiceIndex services() {
            return remade(
                    services,
                    w -> ServiceIndex.of(Services.of(w), exports(w.mesh().defaultServiceExportTo())),
                    Kinds.SERVICE,
                    Kinds.SERVICE_ENTRY,
                    Kinds.NAMESPACE);
        }

        EndpointIndex endpoints(ServiceIndex next) {
            var affected = AffectedServices.of(delta, configs, services, next, meshChanged, settings.domain());
            if (affected.isEmpty()) {
                return endpoints;
            }
            return endpoints.without(services, next).with(EndpointConversion.convert(world, next, affected::contains));
        }

        NetworkGateways networkGateways(ServiceIndex next) {
            if (!meshChanged && next == services) {
                return networkGateways;
            }
            NetworkGateways made = NetworkGateways.of(world.networks(), next.all(), settings.clusterId());
            return made.equals(networkGateways) ? networkGateways : made;
        }

        VirtualServiceIndex virtualServices() {
            return remade(
                    virtualServices,
                    w -> VirtualServiceIndex.of(
                            w.configs().of(Kinds.VIRTUAL_SERVICE),
                            exports(w.mesh().defaultVirtualServiceExportTo()),
                            settings.domain()),
                    Kinds.VIRTUAL_SERVICE);
        }

        DestinationRuleIndex destinationRules() {
            return remade(
                    destinationRules,
                    w -> DestinationRuleIndex.of(
                            w.configs().of(Kinds.DESTINATION_RULE),
                            new DestinationRuleIndex.Defaults(
                                    w.mesh().defaultDestinationRuleExportTo().contains("."),
                                    w.mesh().rootNamespace(),
                                    settings.domain(),
                                    settings.isOn(Feature.ENABLE_ENHANCED_DESTINATIONRULE_MERGE))),
                    Kinds.DESTINATION_RULE);
        }

        SidecarIndex sidecars() {
            return remade(
                    sidecars,
                    w -> SidecarIndex.of(w.configs().of(Kinds.SIDECAR), w.mesh().rootNamespace()),
                    Kinds.SIDECAR);
        }

        PeerAuthenticationIndex peerAuthentications() {
            return remade(
                    peerAuthentications,
                    w -> PeerAuthenticationIndex.of(
                            w.configs().of(Kinds.PEER_AUTHENTICATION), w.mesh().rootNamespace()),
                    Kinds.PEER_AUTHENTICATION);
        }

        private static Visibility exports(Collection<String> said) {
            return said.isEmpty() ? Visibility.ALL : new Visibility(ImmutableSortedSet.copyOf(said));
        }
    }

    public World world() {
        return new World(configs, mesh, networks, settings);
    }

    public boolean isOn(Feature feature) {
        return settings.isOn(feature);
    }
}
