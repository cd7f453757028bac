package io.layar.mesh.service;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Map;
import java.util.TreeMap;

/** The endpoints of every service. Thread: any (immutable). */
public record EndpointIndex(ImmutableSortedMap<ServiceKey, Endpoints> byService) {
    public static final EndpointIndex EMPTY = new EndpointIndex(ImmutableSortedMap.of());

    /** All endpoints of a service, of all its ports, and the identities that they run as. */
    public record Endpoints(ImmutableList<Endpoint> all, ImmutableSortedSet<String> serviceAccounts) {
        public static final Endpoints NONE = new Endpoints(ImmutableList.of(), ImmutableSortedSet.of());

        public static Endpoints of(ImmutableList<Endpoint> all) {
            var accounts = ImmutableSortedSet.<String>naturalOrder();
            for (Endpoint endpoint : all) {
                if (!endpoint.serviceAccount().isEmpty()) {
                    accounts.add(endpoint.serviceAccount());
                }
            }
            return new Endpoints(all, accounts.build());
        }

        /** Those behind {@code port} that have all of {@code labels}. */
        public ImmutableList<Endpoint> behind(ServicePort port, Map<String, String> labels) {
            var out = ImmutableList.<Endpoint>builder();
            for (Endpoint endpoint : all) {
                if (endpoint.serves(port) && endpoint.labels().entrySet().containsAll(labels.entrySet())) {
                    out.add(endpoint);
                }
            }
            return out.build();
        }
    }

    public Endpoints of(ServiceKey key) {
        return byService.getOrDefault(key, Endpoints.NONE);
    }

    /** This with {@code changed} put in; this very instance when they bring nothing new. Empty endpoints are removed. */
    public EndpointIndex with(Map<ServiceKey, Endpoints> changed) {
        boolean differs = false;
        TreeMap<ServiceKey, Endpoints> next = new TreeMap<>(byService);
        for (var entry : changed.entrySet()) {
            Endpoints before = of(entry.getKey());
            if (before.equals(entry.getValue())) {
                continue;
            }
            differs = true;
            if (entry.getValue().all().isEmpty()) {
                next.remove(entry.getKey());
            } else {
                next.put(entry.getKey(), entry.getValue());
            }
        }
        return differs ? new EndpointIndex(ImmutableSortedMap.copyOf(next)) : this;
    }

    /** This less the services that are in {@code before} and no more in {@code after}. */
    public EndpointIndex without(ServiceIndex before, ServiceIndex after) {
        if (before == after) {
            return this;
        }
        var kept = ImmutableSortedMap.<ServiceKey, Endpoints>naturalOrder();
        byService.forEach((key, endpoints) -> {
            if (after.get(key.hostname(), key.namespace()) != null) {
                kept.put(key, endpoints);
            }
        });
        ImmutableSortedMap<ServiceKey, Endpoints> next = kept.build();
        return next.size() == byService.size() ? this : new EndpointIndex(next);
    }
}
