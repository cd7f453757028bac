package io.layar.local;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.layar.base.SourcePosition;
import io.layar.config.ConfigDelta;
import io.layar.config.ConfigSet;
import io.layar.config.Kinds;
import io.layar.config.Metadata;
import io.layar.config.Resource;
import io.layar.config.ResourceKey;
import io.layar.config.security.PeerAuthentication;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A local mesh has no certificate authority: no proxy can prove who it is. So mutual TLS is switched off mesh-wide, and a user's
 * PeerAuthentication is told, once, that it has no effect here. Thread: the mesh's loop.
 */
final class Identities {
    private static final String ROOT_NAMESPACE = "istio-system";

    private final Consumer<String> report;
    private final Set<ResourceKey> told = new HashSet<>();

    Identities(Consumer<String> report) {
        this.report = report;
    }

    ConfigSet withoutMutualTls(ConfigSet resources) {
        Set<ResourceKey> removed = new TreeSet<>();
        for (Resource<PeerAuthentication> policy : resources.of(Kinds.PEER_AUTHENTICATION)) {
            removed.add(policy.key());
            if (told.add(policy.key())) {
                report.accept(policy.position() + ": warning: PeerAuthentication "
                        + policy.metadata().namespace() + "/"
                        + policy.metadata().name() + " has no effect: workloads of a local mesh have no certificates");
            }
        }
        var disabled = new PeerAuthentication.MutualTLS(PeerAuthentication.MutualTLS.Mode.DISABLE);
        PeerAuthentication off = new PeerAuthentication(null, disabled, ImmutableMap.of());
        Resource<PeerAuthentication> policy = new Resource<>(
                Kinds.PEER_AUTHENTICATION,
                "security.istio.io/v1",
                Metadata.of(ROOT_NAMESPACE, "local-mesh-without-identities"),
                off,
                null,
                SourcePosition.NOWHERE);
        return resources.apply(
                new ConfigDelta(ImmutableSortedMap.of(policy.key(), policy), ImmutableSortedSet.copyOf(removed)));
    }
}
