package io.layar.mesh.service;

import java.util.Comparator;

/** Name of a service in the mesh: its hostname and the namespace that declares it. Order: hostname, then namespace. */
public record ServiceKey(String hostname, String namespace) implements Comparable<ServiceKey> {
    private static final Comparator<ServiceKey> ORDER =
            Comparator.comparing(ServiceKey::hostname).thenComparing(ServiceKey::namespace);

    @Override
    public int compareTo(ServiceKey other) {
        return ORDER.compare(this, other);
    }
}
