package io.layar.xdsgen.telemetry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.config.mesh.ExtensionProvider;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.telemetry.Tracing;
import io.layar.config.telemetry.WorkloadMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Telemetry resources and default providers say about traces, for one role of the workload. */
record TracingSpec(
        @Nullable ExtensionProvider provider,
        boolean disabled,
        @Nullable Double randomSamplingPercentage,
        ImmutableMap<String, Tracing.CustomTag> customTags,
        boolean useRequestIdForSampling,
        boolean istioTags,
        boolean noContextPropagation) {

    /** Null when neither says anything, so that the mesh configuration's older settings hold. */
    static @Nullable TracingSpec of(TelemetryScope scope, MeshConfig mesh, WorkloadMode mode) {
        ImmutableList<String> defaults = mesh.defaultProviders() == null
                ? ImmutableList.of()
                : mesh.defaultProviders().tracing();
        if (scope.tracing().isEmpty() && defaults.isEmpty()) {
            return null;
        }
        List<Tracing> entries = scope.tracing().stream()
                .filter(entry -> entry.match() == null
                        || entry.match().mode() == WorkloadMode.CLIENT_AND_SERVER
                        || entry.match().mode() == mode)
                .toList();
        return merge(entries, defaults.isEmpty() ? null : Providers.find(mesh, defaults.getFirst()), mesh);
    }

    /** Later entries override what they set. Without a provider there is nothing to report to. */
    private static TracingSpec merge(
            List<Tracing> entries, @Nullable ExtensionProvider defaultProvider, MeshConfig mesh) {
        ExtensionProvider provider = defaultProvider;
        boolean disabled = false;
        Double sampling = null;
        ImmutableMap<String, Tracing.CustomTag> tags = ImmutableMap.of();
        boolean byRequestId = true;
        boolean istioTags = true;
        boolean noPropagation = false;
        for (Tracing entry : entries) {
            if (!entry.providers().isEmpty()) {
                provider = Providers.find(mesh, entry.providers().getFirst().name());
            }
            disabled = or(entry.disableSpanReporting(), disabled);
            tags = entry.customTags().isEmpty() ? tags : entry.customTags();
            sampling = entry.randomSamplingPercentage() == null ? sampling : entry.randomSamplingPercentage();
            byRequestId = or(entry.useRequestIdForTraceSampling(), byRequestId);
            istioTags = or(entry.enableIstioTags(), istioTags);
            noPropagation = or(entry.disableContextPropagation(), noPropagation);
        }
        return new TracingSpec(
                provider, disabled || provider == null, sampling, tags, byRequestId, istioTags, noPropagation);
    }

    private static boolean or(@Nullable Boolean value, boolean otherwise) {
        return value == null ? otherwise : value;
    }
}
