package io.layar.local.cluster;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Cluster addresses for services that ask for one and name none. A service keeps its address while the mesh lives, and gets the
 * same one in the next mesh unless two names collide. Shape: 10.96.0.0/16, the range of kubeadm. Thread: the mesh's loop.
 */
final class ClusterAddresses {
    private static final int HOSTS = 65_000;

    private final Map<String, String> byService = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** Keeps an address that a service names itself from being given to another one. */
    void reserve(String address) {
        taken.add(address);
    }

    String of(String namespace, String name) {
        return byService.computeIfAbsent(namespace + "/" + name, this::allocate);
    }

    private String allocate(String key) {
        int start = Math.floorMod(
                Hashing.murmur3_32_fixed()
                        .hashString(key, StandardCharsets.UTF_8)
                        .asInt(),
                HOSTS);
        for (int i = 0; i < HOSTS; i++) {
            int host = 10 + (start + i) % HOSTS;
            String address = "10.96." + host / 256 + "." + host % 256;
            if (taken.add(address)) {
                return address;
            }
        }
        throw new IllegalStateException(
                "services: more than " + HOSTS + " (expected: fewer than the range has addresses)");
    }
}
