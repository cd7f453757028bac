package io.layar.proxy.core.lb;

import io.layar.proxy.core.cluster.Host;
import java.util.List;
import java.util.function.Consumer;

/**
 * All hosts of a cluster by priority, 0 first, without gaps.
 *
 * <p>Thread: any (immutable). {@code version} grows with each new set of one cluster.
 */
public record PrioritySet(List<HostSet> priorities, long version) {
    public static final PrioritySet EMPTY = new PrioritySet(List.of(HostSet.empty(0)), 0);

    public int size() {
        return priorities.size();
    }

    public HostSet priority(int index) {
        return priorities.get(index);
    }

    public int hostCount() {
        int count = 0;
        for (HostSet set : priorities) {
            count += set.hosts().length;
        }
        return count;
    }

    public void forEachHost(Consumer<Host> visitor) {
        for (HostSet set : priorities) {
            for (Host host : set.hosts()) {
                visitor.accept(host);
            }
        }
    }
}
