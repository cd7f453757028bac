package io.layar.proxy.core.cluster;

import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.layar.proxy.core.lb.HostSet;
import io.layar.proxy.core.lb.PrioritySet;
import io.layar.proxy.core.stream.Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The hosts of one cluster as assignments come and go: who stays, who is new, who leaves.
 *
 * <p>A host that is named again keeps its object, hence its connections, counts and health. One that is gone stays while active health
 * checks still find it healthy, unless the cluster says otherwise. Thread: cluster thread.
 */
public final class Membership {
    private final ClusterConfig config;
    private final BiFunction<HostFacts, Integer, Host> maker;
    private Map<Address, Host> hosts = new LinkedHashMap<>();
    private Assignment assignment = Assignment.EMPTY;
    private long version;

    /** {@code maker} makes hosts of facts and weight. */
    public Membership(ClusterConfig config, BiFunction<HostFacts, Integer, Host> maker) {
        this.config = config;
        this.maker = maker;
    }

    /** What an assignment changed. Shape: {@code changed} is false where it is the same as before in every respect. */
    public record Change(boolean changed, List<Host> added, List<Host> removed) {}

    public Assignment assignment() {
        return assignment;
    }

    /** Takes a new assignment over; all of its endpoints have addresses. */
    public Change apply(Assignment next) {
        Map<Address, Host> left = hosts;
        Map<Address, Host> now = new LinkedHashMap<>();
        List<Host> added = new ArrayList<>();
        boolean changed = version == 0 || !samePolicy(next);
        for (Assignment.Endpoint endpoint : next.endpoints()) {
            if (now.containsKey(endpoint.facts().address())) {
                continue;
            }
            Host known = logical() && left.size() == 1
                    ? left.values().iterator().next()
                    : left.get(endpoint.facts().address());
            if (known != null && (logical() || known.facts().sameHostAs(endpoint.facts()))) {
                left.remove(known.address());
                changed |= refresh(known, endpoint);
                now.put(known.address(), known);
            } else {
                Host host = make(endpoint);
                added.add(host);
                now.put(host.address(), host);
            }
        }
        List<Host> removed = new ArrayList<>();
        for (Host host : left.values()) {
            if (staysForNow(host) && !now.containsKey(host.address())) {
                changed |= host.set(HealthFlag.PENDING_DYNAMIC_REMOVAL, true);
                now.put(host.address(), host);
            } else {
                removed.add(host);
            }
        }
        hosts = now;
        assignment = next;
        version++;
        return new Change(changed || !added.isEmpty() || !removed.isEmpty(), added, removed);
    }

    /** A logical host keeps its connections when its name resolves to another address. */
    private boolean logical() {
        return config.discovery() instanceof Discovery.LogicalDns;
    }

    private boolean samePolicy(Assignment next) {
        return next.localityWeights().equals(assignment.localityWeights())
                && next.overprovisioning() == assignment.overprovisioning()
                && next.weightedPriorityHealth() == assignment.weightedPriorityHealth()
                && next.drops().equals(assignment.drops());
    }

    private Host make(Assignment.Endpoint endpoint) {
        Host host = maker.apply(endpoint.facts(), endpoint.weight());
        setStatus(host, endpoint.status());
        if (!config.healthChecks().isEmpty() && !endpoint.facts().activeHealthCheckDisabled()) {
            host.set(HealthFlag.FAILED_ACTIVE_HC, true);
            host.set(HealthFlag.PENDING_ACTIVE_HC, config.lb().ignoreNewHostsUntilFirstCheck());
        }
        return host;
    }

    private static boolean refresh(Host host, Assignment.Endpoint endpoint) {
        boolean changed = host.set(HealthFlag.PENDING_DYNAMIC_REMOVAL, false);
        changed |= setStatus(host, endpoint.status());
        if (host.weight() != endpoint.weight()) {
            host.weight(endpoint.weight());
            changed = true;
        }
        if (!host.facts().equals(endpoint.facts())) {
            host.facts(endpoint.facts());
            changed = true;
        }
        return changed;
    }

    private static boolean setStatus(Host host, HealthStatus status) {
        boolean changed = host.set(
                HealthFlag.FAILED_EDS_HEALTH, status == HealthStatus.UNHEALTHY || status == HealthStatus.TIMEOUT);
        changed |= host.set(HealthFlag.EDS_STATUS_DRAINING, status == HealthStatus.DRAINING);
        changed |= host.set(HealthFlag.DEGRADED_EDS_HEALTH, status == HealthStatus.DEGRADED);
        return changed;
    }

    private boolean staysForNow(Host host) {
        return !config.healthChecks().isEmpty()
                && !config.habits().ignoreHealthOnRemoval()
                && !host.facts().activeHealthCheckDisabled()
                && !host.has(HealthFlag.FAILED_ACTIVE_HC);
    }

    /** Lets go of a host that no assignment names any more and that health checks found unhealthy; tells whether it was one. */
    public boolean dropIfPending(Host host) {
        return host.has(HealthFlag.PENDING_DYNAMIC_REMOVAL) && hosts.remove(host.address(), host);
    }

    /** All hosts with their health of this moment. */
    public PrioritySet snapshot() {
        int count = assignment.priorities();
        List<List<Host>> byPriority = new ArrayList<>(count);
        for (Host host : hosts.values()) {
            count = Math.max(count, host.priority() + 1);
        }
        for (int i = 0; i < count; i++) {
            byPriority.add(new ArrayList<>());
        }
        for (Host host : hosts.values()) {
            byPriority.get(host.priority()).add(host);
        }
        List<HostSet> sets = new ArrayList<>(count);
        for (int p = 0; p < count; p++) {
            Map<Locality, Integer> weights = p < assignment.localityWeights().size()
                    ? assignment.localityWeights().get(p)
                    : Map.of();
            sets.add(HostSet.of(
                    p, byPriority.get(p), weights, assignment.overprovisioning(), assignment.weightedPriorityHealth()));
        }
        return new PrioritySet(List.copyOf(sets), ++version);
    }
}
