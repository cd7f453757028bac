package io.layar.proxy.upstream;

import io.layar.proxy.core.cluster.ClusterConfig;
import io.layar.proxy.core.cluster.Host;
import java.util.ArrayList;
import java.util.List;

/** One cluster as the admin page shows it. Thread: any (the list is a copy, hosts live on). */
public record ClusterView(ClusterConfig config, List<Host> hosts) {
    static ClusterView of(ClusterEntry entry) {
        List<Host> hosts = new ArrayList<>();
        entry.hosts().forEachHost(hosts::add);
        return new ClusterView(entry.runtime().config(), List.copyOf(hosts));
    }
}
