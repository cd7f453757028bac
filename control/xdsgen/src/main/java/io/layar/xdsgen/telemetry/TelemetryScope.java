package io.layar.xdsgen.telemetry;

import com.google.common.collect.ImmutableList;
import io.layar.config.ConfigSet;
import io.layar.config.Kinds;
import io.layar.config.Resource;
import io.layar.config.telemetry.AccessLogging;
import io.layar.config.telemetry.Metrics;
import io.layar.config.telemetry.Telemetry;
import io.layar.config.telemetry.Tracing;
import io.layar.config.type.PolicyTargetReference;
import io.layar.mesh.policy.PolicyAttachment;
import io.layar.mesh.proxy.Proxy;
import io.layar.xdsgen.envoy.ConfigMetadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the Telemetry resources say to one proxy.
 *
 * <p>Order: the mesh's resource first, then the namespace's, then those that select the workload; later ones override.
 * {@code logging} keeps each resource's entries together, {@code origins} names the resources.
 */
public record TelemetryScope(
        ImmutableList<Metrics> metrics,
        ImmutableList<ImmutableList<AccessLogging>> logging,
        ImmutableList<Tracing> tracing,
        ImmutableList<String> origins) {

    public static TelemetryScope of(ConfigSet config, Proxy proxy, String rootNamespace) {
        List<Resource<Telemetry>> all = config.of(Kinds.TELEMETRY).stream()
                .sorted(PolicyAttachment.oldestFirst())
                .toList();
        ImmutableList.Builder<Resource<Telemetry>> chosen = ImmutableList.builder();
        Resource<Telemetry> mesh = namespaceWide(all, rootNamespace);
        if (mesh != null) {
            chosen.add(mesh);
        }
        if (!proxy.namespace().equals(rootNamespace)) {
            Resource<Telemetry> namespace = namespaceWide(all, proxy.namespace());
            if (namespace != null) {
                chosen.add(namespace);
            }
        }
        all.stream()
                .filter(telemetry -> telemetry.namespace().equals(proxy.namespace())
                        && !isNamespaceWide(telemetry)
                        && PolicyAttachment.holds(
                                proxy, telemetry.namespace(), telemetry.spec().selector(), targets(telemetry)))
                .forEach(chosen::add);
        return of(chosen.build());
    }

    private static TelemetryScope of(List<Resource<Telemetry>> chosen) {
        ImmutableList.Builder<Metrics> metrics = ImmutableList.builder();
        ImmutableList.Builder<ImmutableList<AccessLogging>> logging = ImmutableList.builder();
        ImmutableList.Builder<Tracing> tracing = ImmutableList.builder();
        ImmutableList.Builder<String> origins = ImmutableList.builder();
        for (Resource<Telemetry> telemetry : chosen) {
            metrics.addAll(telemetry.spec().metrics());
            if (!telemetry.spec().accessLogging().isEmpty()) {
                logging.add(telemetry.spec().accessLogging());
            }
            tracing.addAll(telemetry.spec().tracing());
            origins.add(ConfigMetadata.origin(telemetry));
        }
        return new TelemetryScope(metrics.build(), logging.build(), tracing.build(), origins.build());
    }

    private static @Nullable Resource<Telemetry> namespaceWide(List<Resource<Telemetry>> all, String namespace) {
        return all.stream()
                .filter(telemetry -> telemetry.namespace().equals(namespace) && isNamespaceWide(telemetry))
                .findFirst()
                .orElse(null);
    }

    private static boolean isNamespaceWide(Resource<Telemetry> telemetry) {
        return PolicyAttachment.isNamespaceWide(telemetry.spec().selector(), targets(telemetry));
    }

    private static List<PolicyTargetReference> targets(Resource<Telemetry> telemetry) {
        return PolicyAttachment.targets(
                telemetry.spec().targetRef(), telemetry.spec().targetRefs());
    }
}
