package io.layar.proxy.core.lb;

import io.layar.proxy.core.cluster.HealthFlag;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.Locality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The hosts of one priority, sorted by health at the moment it was made.
 *
 * <p>Shape: {@code overprovisioning} is a percentage, 140 by default; {@code excluded} counts hosts that wait for their first health check and do
 * not weigh in the health of the priority. Thread: any (immutable; arrays are not to be written to).
 */
public record HostSet(
        int priority,
        Host[] hosts,
        Host[] healthy,
        Host[] degraded,
        int excluded,
        List<LocalityHosts> localities,
        int overprovisioning,
        boolean weightedHealth) {

    /** The hosts of one locality within a priority. Shape: {@code weight} 0 where the locality has none: it gets no load by weight. */
    public record LocalityHosts(Locality locality, int weight, Host[] hosts, Host[] healthy, Host[] degraded) {}

    public static final Host[] NO_HOSTS = {};

    public static HostSet empty(int priority) {
        return new HostSet(priority, NO_HOSTS, NO_HOSTS, NO_HOSTS, 0, List.of(), 140, false);
    }

    /** Sorts {@code hosts} by their health now. {@code weights} are locality weights. */
    public static HostSet of(
            int priority,
            List<Host> hosts,
            Map<Locality, Integer> weights,
            int overprovisioning,
            boolean weightedHealth) {
        Map<Locality, List<Host>> byLocality = new LinkedHashMap<>();
        for (Host host : hosts) {
            byLocality.computeIfAbsent(host.locality(), _ -> new ArrayList<>()).add(host);
        }
        List<LocalityHosts> localities = new ArrayList<>(byLocality.size());
        byLocality.forEach((locality, own) -> localities.add(new LocalityHosts(
                locality,
                weights.getOrDefault(locality, 0),
                own.toArray(NO_HOSTS),
                with(own, Host.Health.HEALTHY),
                with(own, Host.Health.DEGRADED))));
        int excluded = 0;
        for (Host host : hosts) {
            excluded += isExcluded(host) ? 1 : 0;
        }
        return new HostSet(
                priority,
                hosts.toArray(NO_HOSTS),
                with(hosts, Host.Health.HEALTHY),
                with(hosts, Host.Health.DEGRADED),
                excluded,
                List.copyOf(localities),
                overprovisioning,
                weightedHealth);
    }

    static boolean isExcluded(Host host) {
        return host.has(HealthFlag.PENDING_ACTIVE_HC) || host.has(HealthFlag.EXCLUDED_VIA_IMMEDIATE_HC_FAIL);
    }

    private static Host[] with(List<Host> hosts, Host.Health health) {
        List<Host> some = new ArrayList<>(hosts.size());
        for (Host host : hosts) {
            if (host.health() == health && !isExcluded(host)) {
                some.add(host);
            }
        }
        return some.toArray(NO_HOSTS);
    }

    public boolean hasLocalityWeights() {
        for (LocalityHosts locality : localities) {
            if (locality.weight() > 0) {
                return true;
            }
        }
        return false;
    }
}
