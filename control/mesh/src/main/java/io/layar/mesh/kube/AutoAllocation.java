package io.layar.mesh.kube;

import com.google.common.collect.ImmutableSortedMap;
import io.layar.mesh.service.Resolution;
import io.layar.mesh.service.Service;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of 240.240.0.0/16 and 2001:2::/48 for ServiceEntries without one, the same in every control plane.
 *
 * <p>A slot is found by hashing {@code namespace/host}; on a collision by stepping with a second hash.
 */
final class AutoAllocation {
    private static final int PRIME = 65011;
    private static final int SLOTS = 256 * 254;
    private static final long FNV_OFFSET = 0x811c9dc5L;
    private static final long FNV_PRIME = 16777619L;
    private static final long UINT32 = 0xffffffffL;

    private AutoAllocation() {}

    static List<Service> allocate(List<Service> services) {
        @Nullable Service[] slots = new Service[SLOTS];
        int[] slotOf = new int[services.size()];
        for (int i = 0; i < services.size(); i++) {
            Service service = services.get(i);
            slotOf[i] = wantsAddress(service) ? slot(slots, key(service)) : -1;
            if (slotOf[i] >= 0) {
                slots[slotOf[i]] = service;
            }
        }
        int[] numberOfSlot = numbers(slots);
        List<Service> out = new ArrayList<>(services);
        for (int i = 0; i < out.size(); i++) {
            if (slotOf[i] >= 0) {
                out.set(i, withNumber(out.get(i), numberOfSlot[slotOf[i]]));
            }
        }
        return out;
    }

    private static boolean wantsAddress(Service service) {
        return service.addresses().defaultAddress().equals(Service.UNSPECIFIED)
                && !service.isWildcard()
                && service.resolution() != Resolution.PASSTHROUGH;
    }

    private static String key(Service service) {
        return service.namespace() + "/" + service.hostname();
    }

    private static int slot(@Nullable Service[] slots, String key) {
        long hash = fnv(key);
        int first = (int) (hash % SLOTS);
        if (slots[first] == null) {
            return first;
        }
        long step = PRIME - hash % PRIME;
        for (long i = 1; i < SLOTS; i++) {
            int next = (int) (((hash + i * step) & UINT32) % (SLOTS - 1));
            if (slots[next] == null) {
                return next;
            }
        }
        return -1;
    }

    private static long fnv(String text) {
        long hash = FNV_OFFSET;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = ((hash ^ (b & 0xff)) * FNV_PRIME) & UINT32;
        }
        return hash;
    }

    /** The number of each used slot; services of the same key share the first one's. */
    private static int[] numbers(@Nullable Service[] slots) {
        int[] out = new int[slots.length];
        Map<String, Integer> byKey = new HashMap<>();
        int number = 0;
        for (int slot = 0; slot < slots.length; slot++) {
            number++;
            Service service = slots[slot];
            if (service == null) {
                continue;
            }
            if (number % 255 == 0) {
                number++;
            }
            Integer known = byKey.putIfAbsent(key(service), number);
            out[slot] = known == null ? number : known;
        }
        return out;
    }

    private static Service withNumber(Service service, int number) {
        int third = number / 255;
        int fourth = number % 255;
        String v4 = "240.240." + third + "." + fourth;
        String high = third == 0 ? "" : Integer.toHexString(third);
        String tail = high + Integer.toHexString(fourth);
        return service.withAddresses(
                new Service.Addresses(Service.UNSPECIFIED, ImmutableSortedMap.of(), v4, "2001:2::f0f0:" + tail));
    }
}
