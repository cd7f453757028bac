package io.layar.xdsgen.telemetry;

import com.google.common.collect.ImmutableList;
import io.layar.config.telemetry.MetricSelector;
import io.layar.config.telemetry.MetricSelector.IstioMetric;
import io.layar.config.telemetry.Metrics;
import io.layar.config.telemetry.MetricsOverrides;
import io.layar.config.telemetry.MetricsOverrides.TagOverride;
import io.layar.config.telemetry.WorkloadMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Merges the metrics entries of several Telemetry resources into one configuration a provider. */
final class MetricsMerge {
    private static final ImmutableList<String> ALL_METRICS = Arrays.stream(IstioMetric.values())
            .filter(metric -> metric != IstioMetric.ALL_METRICS)
            .map(Enum::name)
            .sorted()
            .collect(ImmutableList.toImmutableList());

    private final List<String> defaults;
    private final SortedMap<String, Draft> drafts = new TreeMap<>();

    /** What a provider reports for one role of the workload. Order: overrides by metric, tags by name. */
    record Side(boolean disabled, ImmutableList<Override> overrides) {
        private static final Side PLAIN = new Side(false, ImmutableList.of());
    }

    /** Changes of one metric. Shape: {@code tags} without a value are removed. */
    record Override(String metric, boolean disabled, SortedMap<String, @Nullable String> tags) {}

    /** One provider's configuration. */
    record Merged(Side client, Side server, @Nullable Duration reportingInterval) {}

    private static final class Change {
        private boolean disabled;
        private final SortedMap<String, @Nullable String> tags = new TreeMap<>();
    }

    private static final class Draft {
        private final Map<WorkloadMode, SortedMap<String, Change>> changes = new EnumMap<>(WorkloadMode.class);
        private final Map<WorkloadMode, Boolean> off = new EnumMap<>(WorkloadMode.class);
        private @Nullable Duration interval;
    }

    private MetricsMerge(List<String> defaults) {
        this.defaults = defaults;
    }

    /** By provider's name. With no entries at all the mesh's default providers report everything. */
    static SortedMap<String, Merged> merge(List<Metrics> metrics, List<String> defaultProviders) {
        MetricsMerge merge = new MetricsMerge(defaultProviders);
        if (metrics.isEmpty()) {
            defaultProviders.forEach(provider -> merge.drafts.put(provider, new Draft()));
        }
        merge.addAll(metrics);
        SortedMap<String, Merged> out = new TreeMap<>();
        merge.drafts.forEach((provider, draft) -> out.put(
                provider,
                new Merged(side(draft, WorkloadMode.CLIENT), side(draft, WorkloadMode.SERVER), draft.interval)));
        return out;
    }

    private void addAll(List<Metrics> metrics) {
        List<String> inScope = defaults;
        for (Metrics entry : metrics) {
            inScope = entry.providers().isEmpty() ? inScope : Providers.names(entry.providers());
        }
        List<String> parents = defaults;
        for (Metrics entry : metrics) {
            parents = entry.providers().isEmpty() ? parents : Providers.names(entry.providers());
            for (String provider : parents) {
                if (inScope.contains(provider)) {
                    add(entry, drafts.computeIfAbsent(provider, p -> new Draft()));
                }
            }
        }
    }

    private static void add(Metrics entry, Draft draft) {
        if (entry.reportingInterval() != null) {
            draft.interval = entry.reportingInterval();
        }
        for (MetricsOverrides override : entry.overrides()) {
            boolean switchedOff = Boolean.TRUE.equals(override.disabled());
            for (WorkloadMode mode : modes(override.match())) {
                if (isAll(override.match()) && switchedOff) {
                    draft.off.put(mode, true);
                } else {
                    draft.off.put(mode, false);
                    names(override.match()).forEach(metric -> change(draft, mode, metric, override));
                }
            }
        }
    }

    private static void change(Draft draft, WorkloadMode mode, String metric, MetricsOverrides override) {
        Change change =
                draft.changes.computeIfAbsent(mode, m -> new TreeMap<>()).computeIfAbsent(metric, m -> new Change());
        if (override.disabled() != null) {
            change.disabled = override.disabled();
        }
        override.tagOverrides().forEach((tag, to) -> {
            boolean removed = to.operation() == TagOverride.Operation.REMOVE;
            change.tags.put(tag, removed ? null : to.value());
        });
    }

    private static Side side(Draft draft, WorkloadMode mode) {
        if (draft.off.getOrDefault(mode, false)) {
            return new Side(true, ImmutableList.of());
        }
        SortedMap<String, Change> changes = draft.changes.get(mode);
        if (changes == null) {
            return Side.PLAIN;
        }
        List<Override> overrides = new ArrayList<>();
        changes.forEach((metric, change) -> overrides.add(new Override(metric, change.disabled, change.tags)));
        return new Side(false, ImmutableList.copyOf(overrides));
    }

    private static List<WorkloadMode> modes(@Nullable MetricSelector match) {
        WorkloadMode mode = match == null ? WorkloadMode.CLIENT_AND_SERVER : match.mode();
        return mode == WorkloadMode.CLIENT_AND_SERVER
                ? List.of(WorkloadMode.CLIENT, WorkloadMode.SERVER)
                : List.of(mode);
    }

    private static boolean isAll(@Nullable MetricSelector match) {
        return match == null
                || (match.customMetric() == null
                        && (match.metric() == null || match.metric() == IstioMetric.ALL_METRICS));
    }

    private static List<String> names(@Nullable MetricSelector match) {
        if (isAll(match) || match == null) {
            return ALL_METRICS;
        }
        return List.of(
                match.customMetric() == null
                        ? match.metric() == null ? "" : match.metric().name()
                        : match.customMetric());
    }
}
