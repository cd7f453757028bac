package io.layar.proxy.core.lb;

import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.hash.XxHash64;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maglev hashing: each host claims places of a table in an order of its own, in turns by weight, until the table is full.
 *
 * <p>Source: the Maglev paper, section 3.4, with weights as Envoy's documentation tells. Thread: any (immutable).
 */
final class MaglevTable implements HashTable {
    private final Host[] table;

    private MaglevTable(Host[] table) {
        this.table = table;
    }

    static MaglevTable of(List<Weighted> all, LbPolicy.Maglev policy) {
        if (all.isEmpty()) {
            return new MaglevTable(HostSet.NO_HOSTS);
        }
        int size = policy.tableSize();
        int count = all.size();
        long[] position = new long[count];
        long[] skip = new long[count];
        double[] target = new double[count];
        double most = 0;
        for (int i = 0; i < count; i++) {
            byte[] key = all.get(i).key(policy.hash().useHostname()).getBytes(StandardCharsets.UTF_8);
            position[i] = Long.remainderUnsigned(XxHash64.of(key, 0), size);
            skip[i] = size == 1 ? 0 : Long.remainderUnsigned(XxHash64.of(key, 1), size - 1) + 1;
            most = Math.max(most, all.get(i).share());
        }
        int[] owner = new int[size];
        Arrays.fill(owner, -1);
        int filled = 0;
        for (long round = 1; filled < size; round++) {
            for (int i = 0; i < count && filled < size; i++) {
                if (round * all.get(i).share() < target[i]) {
                    continue;
                }
                target[i] += most;
                while (owner[(int) position[i]] >= 0) {
                    position[i] = (position[i] + skip[i]) % size;
                }
                owner[(int) position[i]] = i;
                filled++;
            }
        }
        Host[] table = new Host[size];
        for (int i = 0; i < size; i++) {
            table[i] = all.get(owner[i]).host();
        }
        return new MaglevTable(table);
    }

    @Override
    public @Nullable Host choose(long hash, int attempt) {
        if (table.length == 0) {
            return null;
        }
        long turned = attempt == 0 ? hash : hash ^ (-1L - attempt + 1);
        return table[(int) Long.remainderUnsigned(turned, table.length)];
    }
}
