package io.layar.proxy.core.stream;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A socket address with its texts: {@code 10.0.0.1:80}, {@code [::1]:80}, or the path of a pipe.
 *
 * <p>Thread: any (the texts are computed when first asked for; a race computes them twice, with equal outcome).
 */
public final class Address {
    private final SocketAddress socket;
    private @Nullable String text;
    private @Nullable String ip;

    private Address(SocketAddress socket) {
        this.socket = socket;
    }

    public static Address of(SocketAddress socket) {
        return new Address(socket);
    }

    /** An address of an IP that was read from text, such as x-forwarded-for. */
    public static Address of(InetAddress ip, int port) {
        return new Address(new InetSocketAddress(ip, port));
    }

    public SocketAddress socket() {
        return socket;
    }

    /** The IP address, or null for a pipe. */
    public @Nullable InetAddress inet() {
        return socket instanceof InetSocketAddress inet ? inet.getAddress() : null;
    }

    /** The IP as text without brackets, or the pipe's path. */
    public String ip() {
        String known = ip;
        if (known == null) {
            InetAddress inet = inet();
            known = inet == null ? socket.toString() : IpText.of(inet);
            ip = known;
        }
        return known;
    }

    /** The port, or -1 for a pipe. */
    public int port() {
        return socket instanceof InetSocketAddress inet ? inet.getPort() : -1;
    }

    /** Address and port as Envoy prints them. */
    public String text() {
        String known = text;
        if (known == null) {
            known = switch (inet()) {
                case null -> socket.toString();
                case java.net.Inet6Address _ -> "[" + ip() + "]:" + port();
                case InetAddress _ -> ip() + ":" + port();
            };
            text = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Address that && socket.equals(that.socket);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(socket);
    }

    @Override
    public String toString() {
        return text();
    }
}
