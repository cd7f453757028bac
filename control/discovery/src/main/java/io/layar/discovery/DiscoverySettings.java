package io.layar.discovery;

import com.google.common.collect.ImmutableList;
import io.layar.discovery.push.MeshState;
import io.layar.discovery.push.PushLoop;
import io.layar.discovery.push.ResourceRewrite;
import io.layar.xds.server.XdsServerSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to run a control plane.
 *
 * <p>Shape: {@code debug} and {@code monitoring} are null where that port is off; port 0 takes a free one. {@code initial} is the
 * mesh before the first change.
 */
public record DiscoverySettings(
        ImmutableList<XdsServerSettings> xds,
        @Nullable InetSocketAddress debug,
        @Nullable InetSocketAddress monitoring,
        PushLoop.Debounce debounce,
        MeshState initial,
        ResourceRewrite rewrite,
        String version) {

    /** Plain text on one address and nothing else: what a mesh on one machine needs. */
    public static DiscoverySettings local(InetSocketAddress grpc, MeshState initial) {
        return new DiscoverySettings(
                ImmutableList.of(XdsServerSettings.plain(grpc)),
                null,
                null,
                new PushLoop.Debounce(Duration.ofMillis(10), Duration.ofMillis(200)),
                initial,
                ResourceRewrite.NONE,
                "layar");
    }

    public DiscoverySettings withRewrite(ResourceRewrite other) {
        return new DiscoverySettings(xds, debug, monitoring, debounce, initial, other, version);
    }

    public DiscoverySettings withDebug(InetSocketAddress address) {
        return new DiscoverySettings(xds, address, monitoring, debounce, initial, rewrite, version);
    }

    public DiscoverySettings withMonitoring(InetSocketAddress address) {
        return new DiscoverySettings(xds, debug, address, debounce, initial, rewrite, version);
    }
}
