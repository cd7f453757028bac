package io.layar.mesh.kube;

import com.google.common.collect.ImmutableList;
import io.layar.mesh.service.Resolution;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServiceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** ExternalName services told to the services that they name, through several hops; loops are dropped. */
final class Aliases {
    private Aliases() {}

    static ImmutableList<Service> resolve(List<Service> services) {
        Map<String, String> targets = new LinkedHashMap<>();
        for (Service service : services) {
            if (service.resolution() == Resolution.ALIAS) {
                targets.put(service.hostname(), service.kubernetes().externalName());
            }
        }
        if (targets.isEmpty()) {
            return ImmutableList.copyOf(services);
        }
        Map<String, List<ServiceKey>> aliases = new LinkedHashMap<>();
        for (Service service : services) {
            String concrete = service.resolution() == Resolution.ALIAS ? concrete(service, targets) : null;
            if (concrete != null) {
                aliases.computeIfAbsent(concrete, k -> new ArrayList<>()).add(service.key());
            }
        }
        aliases.values()
                .forEach(list ->
                        list.sort(Comparator.comparing(ServiceKey::namespace).thenComparing(ServiceKey::hostname)));
        return services.stream()
                .map(s -> aliases.containsKey(s.hostname()) ? s.withAliases(aliases.get(s.hostname())) : s)
                .collect(ImmutableList.toImmutableList());
    }

    private static @Nullable String concrete(Service alias, Map<String, String> targets) {
        String target = alias.kubernetes().externalName();
        Set<String> seen = new HashSet<>(Set.of(alias.hostname()));
        while (seen.add(target)) {
            String next = targets.get(target);
            if (next == null) {
                return target;
            }
            target = next;
        }
        return null;
    }
}
