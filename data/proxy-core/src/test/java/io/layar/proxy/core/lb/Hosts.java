package io.layar.proxy.core.lb;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.HostFacts;
import io.layar.proxy.core.cluster.Locality;
import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.stream.Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Hosts and their surroundings for load balancing tests. */
public final class Hosts {
    private Hosts() {}

    public static Host host(int port, int weight, int priority, Locality locality, Map<String, String> lbMetadata) {
        Struct.Builder struct = Struct.newBuilder();
        lbMetadata.forEach((key, value) ->
                struct.putFields(key, Value.newBuilder().setStringValue(value).build()));
        Metadata metadata = lbMetadata.isEmpty()
                ? Metadata.getDefaultInstance()
                : Metadata.newBuilder()
                        .putFilterMetadata("envoy.lb", struct.build())
                        .build();
        HostFacts facts = new HostFacts(
                Address.of(new InetSocketAddress("10.0.0.1", port)),
                List.of(),
                null,
                "",
                "",
                locality,
                priority,
                new HostFacts.MetadataFacts(metadata, Metadata.getDefaultInstance()),
                false);
        return new Host(facts, weight, null, 0);
    }

    public static Host host(int port, int weight) {
        return host(port, weight, 0, Locality.NONE, Map.of());
    }

    static List<Host> equal(int count, int priority) {
        List<Host> hosts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            hosts.add(host(1000 * (priority + 1) + i, 1, priority, Locality.NONE, Map.of()));
        }
        return hosts;
    }

    static PrioritySet set(List<List<Host>> byPriority) {
        List<HostSet> sets = new ArrayList<>();
        for (int p = 0; p < byPriority.size(); p++) {
            sets.add(HostSet.of(p, byPriority.get(p), Map.of(), 140, false));
        }
        return new PrioritySet(sets, 1);
    }

    static LbEnvironment environment(long seed, long[] clock, int[] panics) {
        return new LbEnvironment(
                new SplittableRandom(seed),
                () -> clock[0],
                new RuntimeValues(),
                () -> panics[0]++,
                Locality.NONE,
                null);
    }

    static Map<Host, Integer> draw(LoadBalancer balancer, LoadBalancerContext context, int times) {
        Map<Host, Integer> counts = new HashMap<>();
        for (int i = 0; i < times; i++) {
            Host host = balancer.choose(context);
            if (host != null) {
                counts.merge(host, 1, Integer::sum);
            }
        }
        return counts;
    }
}
