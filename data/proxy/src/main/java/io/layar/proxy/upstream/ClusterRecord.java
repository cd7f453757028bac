package io.layar.proxy.upstream;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.time.Instant;

/** A cluster's configuration as it came. Shape: {@code version} is empty for static clusters. Thread: any (immutable). */
public record ClusterRecord(Cluster proto, String version, Instant updated) {}
