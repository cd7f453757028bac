package io.layar.proxy.core.cluster;

import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the hosts of a cluster come from. Units: milliseconds. Thread: any (immutable). */
public sealed interface Discovery {
    record Static() implements Discovery {}

    /** Every address of every name is a host. */
    record StrictDns(DnsSettings dns) implements Discovery {}

    /** One host whose connections go to whatever its name resolves to at the time. */
    record LogicalDns(DnsSettings dns) implements Discovery {}

    /** Shape: {@code serviceName} is the name to ask for, the cluster's own where none was given. */
    record Eds(String serviceName, ConfigSource source) implements Discovery {}

    /** Shape: {@code header} is null where no header overrides; {@code metadataNamespace} null where no metadata does; port 0: as it was. */
    record OriginalDst(
            @Nullable String header,
            int port,
            @Nullable String metadataNamespace,
            List<String> metadataPath,
            long cleanupMillis)
            implements Discovery {}

    /** How names are resolved, and how often. */
    record DnsSettings(
            Family family,
            long refreshMillis,
            long jitterMillis,
            long failureBaseMillis,
            long failureMaxMillis,
            boolean respectTtl,
            List<java.net.InetSocketAddress> servers,
            boolean tcp) {}

    /** dns_lookup_family. */
    enum Family {
        AUTO,
        V4_ONLY,
        V6_ONLY,
        V4_PREFERRED,
        ALL
    }
}
