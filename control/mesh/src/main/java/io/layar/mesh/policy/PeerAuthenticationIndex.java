package io.layar.mesh.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSortedMap;
import io.layar.config.Resource;
import io.layar.config.security.PeerAuthentication;
import io.layar.mesh.kube.Origin;
import io.layar.mesh.routing.CreationOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Mutual TLS of the mesh, its namespaces and workloads. Order: oldest first; of several policies for a whole namespace only
 * the oldest counts. Thread: any (immutable).
 */
public record PeerAuthenticationIndex(
        ImmutableListMultimap<String, Resource<PeerAuthentication>> byNamespace,
        ImmutableSortedMap<String, MutualTlsMode> namespaceModes,
        MutualTlsMode meshMode,
        String rootNamespace) {
    public static final PeerAuthenticationIndex EMPTY =
            new PeerAuthenticationIndex(ImmutableListMultimap.of(), ImmutableSortedMap.of(), MutualTlsMode.UNKNOWN, "");

    /** A workload's mode, with the ports that differ from it. */
    public record WorkloadMode(
            MutualTlsMode mode, ImmutableSortedMap<Integer, MutualTlsMode> ports, ImmutableList<String> origins) {
        public MutualTlsMode of(int port) {
            MutualTlsMode own = ports.get(port);
            return own == null ? mode : own;
        }
    }

    public static PeerAuthenticationIndex of(Collection<Resource<PeerAuthentication>> resources, String rootNamespace) {
        List<Resource<PeerAuthentication>> sorted = new ArrayList<>(resources);
        sorted.sort(CreationOrder.OLDEST_FIRST);
        var byNamespace = ImmutableListMultimap.<String, Resource<PeerAuthentication>>builder();
        Map<String, MutualTlsMode> found = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        MutualTlsMode mesh = MutualTlsMode.UNKNOWN;
        for (Resource<PeerAuthentication> resource : sorted) {
            if (isWide(resource)) {
                if (!seen.add(resource.namespace())) {
                    continue;
                }
                MutualTlsMode mode = MutualTlsMode.of(resource.spec().mtls());
                if (resource.namespace().equals(rootNamespace)) {
                    mesh = mode == MutualTlsMode.UNKNOWN ? MutualTlsMode.PERMISSIVE : mode;
                } else {
                    found.put(resource.namespace(), mode);
                }
            }
            byNamespace.put(resource.namespace(), resource);
        }
        MutualTlsMode inherited = mesh == MutualTlsMode.UNKNOWN ? MutualTlsMode.PERMISSIVE : mesh;
        var modes = ImmutableSortedMap.<String, MutualTlsMode>naturalOrder();
        found.forEach((namespace, mode) -> modes.put(namespace, mode == MutualTlsMode.UNKNOWN ? inherited : mode));
        return new PeerAuthenticationIndex(byNamespace.build(), modes.build(), mesh, rootNamespace);
    }

    private static boolean isWide(Resource<PeerAuthentication> resource) {
        var selector = resource.spec().selector();
        return selector == null || selector.matchLabels().isEmpty();
    }

    /** What a namespace's policies say without regard to workloads; UNKNOWN when there are none. */
    public MutualTlsMode namespaceMode(String namespace) {
        MutualTlsMode own = namespaceModes.get(namespace);
        return own == null ? meshMode : own;
    }

    /** The mode of a workload: its own policy over its namespace's over the mesh's; PERMISSIVE when none says anything. */
    public WorkloadMode of(String namespace, Map<String, String> labels) {
        Resource<PeerAuthentication> mesh = null;
        Resource<PeerAuthentication> wide = null;
        Resource<PeerAuthentication> own = null;
        for (Resource<PeerAuthentication> policy : inForce(namespace, labels)) {
            if (!isWide(policy)) {
                own = own == null && !policy.namespace().equals(rootNamespace) ? policy : own;
            } else if (policy.namespace().equals(rootNamespace)) {
                mesh = mesh == null ? policy : mesh;
            } else {
                wide = wide == null ? policy : wide;
            }
        }
        MutualTlsMode mode = MutualTlsMode.PERMISSIVE;
        var origins = ImmutableList.<String>builder();
        for (Resource<PeerAuthentication> policy : inOrder(mesh, wide, own)) {
            MutualTlsMode said = MutualTlsMode.of(policy.spec().mtls());
            mode = said == MutualTlsMode.UNKNOWN ? mode : said;
            origins.add(Origin.of(policy));
        }
        return new WorkloadMode(mode, ports(own, mode), origins.build());
    }

    private static ImmutableSortedMap<Integer, MutualTlsMode> ports(
            @Nullable Resource<PeerAuthentication> own, MutualTlsMode mode) {
        var out = ImmutableSortedMap.<Integer, MutualTlsMode>naturalOrder();
        if (own != null) {
            own.spec().portLevelMtls().forEach((port, mtls) -> {
                MutualTlsMode said = MutualTlsMode.of(mtls);
                out.put(port, said == MutualTlsMode.UNKNOWN ? mode : said);
            });
        }
        return out.build();
    }

    @SafeVarargs
    private static List<Resource<PeerAuthentication>> inOrder(@Nullable Resource<PeerAuthentication>... policies) {
        List<Resource<PeerAuthentication>> out = new ArrayList<>();
        for (Resource<PeerAuthentication> policy : policies) {
            if (policy != null) {
                out.add(policy);
            }
        }
        return out;
    }

    private List<Resource<PeerAuthentication>> inForce(String namespace, Map<String, String> labels) {
        List<Resource<PeerAuthentication>> out = new ArrayList<>();
        List<String> places = namespace.equals(rootNamespace) ? List.of(namespace) : List.of(namespace, rootNamespace);
        for (String place : places) {
            for (Resource<PeerAuthentication> policy : byNamespace.get(place)) {
                var selector = policy.spec().selector();
                if (selector == null
                        || labels.entrySet().containsAll(selector.matchLabels().entrySet())) {
                    out.add(policy);
                }
            }
        }
        return out;
    }
}
