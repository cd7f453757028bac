package io.layar.mesh.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.layar.config.Resource;
import io.layar.config.security.PeerAuthentication;
import io.layar.config.security.PeerAuthentication.MutualTLS;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The mutual TLS modes of one workload.
 *
 * <p>Shape: {@code byPort} holds the ports whose mode is set on its own. What is unset comes from the workload's policy,
 * then the namespace's, then the mesh's, and is PERMISSIVE at last. Of several policies of one reach the oldest counts.
 */
public record PeerModes(
        MtlsMode mode, ImmutableSortedMap<Integer, MtlsMode> byPort, ImmutableList<String> origins) {

    /** Of the workload with {@code labels} in {@code namespace}. */
    public static PeerModes of(
            Collection<Resource<PeerAuthentication>> all,
            String namespace,
            Map<String, String> labels,
            String rootNamespace) {
        List<Resource<PeerAuthentication>> sorted = all.stream()
                .sorted(PolicyAttachment.oldestFirst())
                .toList();
        Resource<PeerAuthentication> mesh = wide(sorted, rootNamespace);
        Resource<PeerAuthentication> wide = namespace.equals(rootNamespace) ? null : wide(sorted, namespace);
        Resource<PeerAuthentication> workload = workload(sorted, namespace, labels, rootNamespace);
        MtlsMode mode = MtlsMode.PERMISSIVE;
        ImmutableList.Builder<String> origins = ImmutableList.builder();
        for (Resource<PeerAuthentication> policy : present(mesh, wide, workload)) {
            mode = mode(policy.spec().mtls(), mode);
            origins.add("PeerAuthentication/" + policy.namespace() + "/" + policy.name());
        }
        return new PeerModes(mode, workload == null ? ImmutableSortedMap.of() : ports(workload, mode), origins.build());
    }

    private static List<Resource<PeerAuthentication>> present(
            @Nullable Resource<PeerAuthentication> mesh,
            @Nullable Resource<PeerAuthentication> wide,
            @Nullable Resource<PeerAuthentication> workload) {
        ImmutableList.Builder<Resource<PeerAuthentication>> out = ImmutableList.builder();
        if (mesh != null) {
            out.add(mesh);
        }
        if (wide != null) {
            out.add(wide);
        }
        if (workload != null) {
            out.add(workload);
        }
        return out.build();
    }

    private static @Nullable Resource<PeerAuthentication> wide(
            List<Resource<PeerAuthentication>> sorted, String namespace) {
        return sorted.stream()
                .filter(policy -> policy.namespace().equals(namespace)
                        && PolicyAttachment.isNamespaceWide(policy.spec().selector(), List.of()))
                .findFirst()
                .orElse(null);
    }

    /** A selector in the root namespace selects nothing. */
    private static @Nullable Resource<PeerAuthentication> workload(
            List<Resource<PeerAuthentication>> sorted,
            String namespace,
            Map<String, String> labels,
            String rootNamespace) {
        return namespace.equals(rootNamespace)
                ? null
                : sorted.stream()
                        .filter(policy -> policy.namespace().equals(namespace)
                                && !PolicyAttachment.isNamespaceWide(policy.spec().selector(), List.of())
                                && PolicyAttachment.selects(policy.spec().selector(), labels))
                        .findFirst()
                        .orElse(null);
    }

    private static ImmutableSortedMap<Integer, MtlsMode> ports(Resource<PeerAuthentication> policy, MtlsMode inherited) {
        var out = ImmutableSortedMap.<Integer, MtlsMode>naturalOrder();
        policy.spec().portLevelMtls().forEach((port, mtls) -> out.put(port, mode(mtls, inherited)));
        return out.build();
    }

    private static MtlsMode mode(@Nullable MutualTLS mtls, MtlsMode inherited) {
        if (mtls == null) {
            return inherited;
        }
        return switch (mtls.mode()) {
            case UNSET -> inherited;
            case DISABLE -> MtlsMode.DISABLE;
            case PERMISSIVE -> MtlsMode.PERMISSIVE;
            case STRICT -> MtlsMode.STRICT;
        };
    }

    public MtlsMode ofPort(int port) {
        return byPort.getOrDefault(port, mode);
    }
}
