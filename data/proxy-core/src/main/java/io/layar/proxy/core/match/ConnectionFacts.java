package io.layar.proxy.core.match;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What filter chains are chosen by.
 *
 * <p>Shape: addresses are null for unix sockets; {@code serverName} lower case or empty; {@code transportProtocol} {@code tls}, {@code raw_buffer} or
 * empty; {@code applicationProtocols} in the client's order.
 */
public record ConnectionFacts(
        @Nullable InetAddress destination,
        int destinationPort,
        String serverName,
        String transportProtocol,
        List<String> applicationProtocols,
        @Nullable InetAddress directSource,
        @Nullable InetAddress source,
        int sourcePort) {

    /** True for a peer on this machine: the same address on both ends, or loopback. */
    boolean sourceIsLocal() {
        return source == null || source.equals(destination) || source.isLoopbackAddress();
    }
}
