package io.layar.xdsgen.telemetry;

import com.google.common.collect.ImmutableList;
import io.layar.config.telemetry.AccessLogging;
import io.layar.config.telemetry.WorkloadMode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Merges the access-log entries of several Telemetry resources into one decision a provider. */
final class LoggingMerge {
    private LoggingMerge() {}

    /** Is a provider's log off, and which expression lets entries through? */
    record Decision(boolean disabled, @Nullable String expression) {}

    /** By provider's name, for one role of the workload. With no entries the mesh's default providers log everything. */
    static SortedMap<String, Decision> merge(
            List<ImmutableList<AccessLogging>> resources, List<String> defaultProviders, WorkloadMode mode) {
        SortedMap<String, Decision> out = new TreeMap<>();
        if (resources.isEmpty()) {
            defaultProviders.forEach(provider -> out.put(provider, new Decision(false, null)));
            return out;
        }
        Map<String, Decision> filters = new HashMap<>();
        Set<String> inScope = inScope(resources, defaultProviders, mode, filters);
        List<String> parents = defaultProviders;
        for (List<AccessLogging> entries : resources) {
            for (AccessLogging entry : entries) {
                parents = entry.providers().isEmpty() ? parents : Providers.names(entry.providers());
                for (String provider : parents) {
                    if (inScope.contains(provider) && applies(entry, mode)) {
                        boolean off = Boolean.TRUE.equals(entry.disabled());
                        out.put(
                                provider,
                                off
                                        ? new Decision(true, null)
                                        : filters.getOrDefault(provider, new Decision(false, null)));
                    }
                }
            }
        }
        return out;
    }

    /** The providers of the last resource that names any; each one's last filter goes into {@code filters}. */
    private static Set<String> inScope(
            List<ImmutableList<AccessLogging>> resources,
            List<String> defaultProviders,
            WorkloadMode mode,
            Map<String, Decision> filters) {
        Set<String> inScope = new LinkedHashSet<>(defaultProviders);
        for (List<AccessLogging> entries : resources) {
            Set<String> named = new LinkedHashSet<>();
            for (AccessLogging entry : entries) {
                if (applies(entry, mode)) {
                    String expression =
                            entry.filter() == null ? null : entry.filter().expression();
                    for (String provider : Providers.names(entry.providers())) {
                        named.add(provider);
                        filters.put(provider, new Decision(false, expression));
                    }
                }
            }
            inScope = named.isEmpty() ? inScope : named;
        }
        return inScope;
    }

    private static boolean applies(AccessLogging entry, WorkloadMode mode) {
        return entry.match() == null
                || entry.match().mode() == WorkloadMode.CLIENT_AND_SERVER
                || entry.match().mode() == mode;
    }
}
