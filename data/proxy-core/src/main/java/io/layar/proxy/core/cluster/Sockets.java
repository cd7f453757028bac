package io.layar.proxy.core.cluster;

import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.layar.proxy.core.config.ConfigRejected;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** IP addresses of configuration: never looked up by name. */
final class Sockets {
    private Sockets() {}

    static InetSocketAddress of(SocketAddress proto, String path) {
        if (proto.getProtocol() == SocketAddress.Protocol.UDP) {
            throw ConfigRejected.unsupported(path, "UDP");
        }
        if (!proto.getNamedPort().isEmpty() || !proto.getResolverName().isEmpty()) {
            throw ConfigRejected.unsupported(path, "named ports and custom resolvers");
        }
        return new InetSocketAddress(ip(proto.getAddress(), path), proto.getPortValue());
    }

    static boolean isIp(String text) {
        if (text.indexOf(':') >= 0) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return text.chars().filter(c -> c == '.').count() == 3;
    }

    static InetAddress ip(String text, String path) {
        try {
            if (isIp(text)) {
                return InetAddress.getByName(text);
            }
        } catch (UnknownHostException e) {
            throw malformed(text, path);
        }
        throw malformed(text, path);
    }

    private static ConfigRejected malformed(String text, String path) {
        return new ConfigRejected(
                path,
                "malformed IP address: " + text
                        + ". Consider setting resolver_name or setting cluster type to 'STRICT_DNS' or 'LOGICAL_DNS'");
    }
}
