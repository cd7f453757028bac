package io.layar.proxy.core.lb;

import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.hash.XxHash64;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ring hash (ketama): each host has points on a ring in proportion to its weight; a hash belongs to the next point.
 *
 * <p>Source: Envoy's documentation of the ring hash load balancer (ring sizes, keys {@code address_n}). Thread: any (immutable).
 */
final class RingTable implements HashTable {
    private final long[] points;
    private final Host[] hosts;

    private RingTable(long[] points, Host[] hosts) {
        this.points = points;
        this.hosts = hosts;
    }

    static RingTable of(List<Weighted> all, LbPolicy.RingHash policy) {
        if (all.isEmpty()) {
            return new RingTable(new long[0], HostSet.NO_HOSTS);
        }
        double least = 1.0;
        for (Weighted one : all) {
            least = Math.min(least, one.share());
        }
        double scale = Math.min(Math.ceil(least * policy.minimumSize()) / least, policy.maximumSize());
        int size = (int) Math.ceil(scale);
        Point[] ring = new Point[size];
        int used = 0;
        double reached = 0;
        double target = 0;
        for (Weighted one : all) {
            String prefix = one.key(policy.hash().useHostname()) + "_";
            target += scale * one.share();
            for (int i = 0; reached < target && used < size; i++, reached++) {
                ring[used++] = new Point(hash(prefix + i, policy.function()), one.host());
            }
        }
        Arrays.sort(ring, 0, used, (a, b) -> Long.compareUnsigned(a.at, b.at));
        long[] points = new long[used];
        Host[] hosts = new Host[used];
        for (int i = 0; i < used; i++) {
            points[i] = ring[i].at;
            hosts[i] = ring[i].host;
        }
        return new RingTable(points, hosts);
    }

    private static long hash(String key, LbPolicy.HashFunction function) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return switch (function) {
            case XX_HASH -> XxHash64.of(bytes, 0);
            case MURMUR_HASH_2 -> MurmurHash2.of(bytes);
        };
    }

    @Override
    public @Nullable Host choose(long hash, int attempt) {
        if (points.length == 0) {
            return null;
        }
        int low = 0;
        int high = points.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(points[middle], hash) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return hosts[(int) (((long) low + attempt) % points.length)];
    }

    private record Point(long at, Host host) {}
}
