package io.layar.config.mesh;

import io.layar.config.decode.Unsigned;
import org.jspecify.annotations.Nullable;

/** What stands before a gateway: trusted proxies, certificates forwarded, PROXY protocol. */
public record Topology(
        @Unsigned int numTrustedProxies,
        ForwardClientCertDetails forwardClientCertDetails,
        @Nullable ProxyProtocolConfiguration proxyProtocol) {
    /** The {@code ProxyProtocolConfiguration} message of {@link Topology}. */
    public record ProxyProtocolConfiguration() {}
}
