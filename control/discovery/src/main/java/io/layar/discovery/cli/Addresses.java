package io.layar.discovery.cli;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Addresses as flags write them: {@code :15010}, {@code 127.0.0.1:15010}, {@code [::1]:15010}; empty for none. */
final class Addresses {
    private Addresses() {}

    /** Errors: {@link IllegalArgumentException} naming the flag. */
    static @Nullable InetSocketAddress parse(String flag, String text) {
        if (text.isEmpty()) {
            return null;
        }
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (host.startsWith("[") && host.endsWith("]")) {
                host = host.substring(1, host.length() - 1);
            }
            InetSocketAddress address =
                    host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
            if (address.isUnresolved()) {
                throw new IllegalArgumentException(flag + ": " + text + " (unknown host)");
            }
            return address;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(flag + ": " + text + " (expected: host:port, :port or '')", e);
        }
    }
}
