package io.layar.xdsgen.envoy;

import com.google.common.net.InetAddresses;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.CidrRange;
import io.envoyproxy.envoy.config.core.v3.Pipe;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.listener.v3.AdditionalAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses and address ranges in Envoy's terms. */
public final class Addresses {
    /** Start of the bind of a Unix domain socket. */
    public static final String UNIX_PREFIX = "unix://";

    private Addresses() {}

    /** A TCP address, or a pipe when the port is 0. */
    public static Address of(String bind, int port) {
        if (port == 0) {
            String path = bind.startsWith(UNIX_PREFIX) ? bind.substring(UNIX_PREFIX.length()) : bind;
            return Address.newBuilder().setPipe(Pipe.newBuilder().setPath(path)).build();
        }
        return Address.newBuilder()
                .setSocketAddress(SocketAddress.newBuilder().setAddress(bind).setPortValue(port))
                .build();
    }

    public static List<AdditionalAddress> additional(List<String> binds, int port) {
        List<AdditionalAddress> out = new ArrayList<>();
        for (String bind : binds) {
            if (!bind.isEmpty()) {
                out.add(AdditionalAddress.newBuilder()
                        .setAddress(of(bind, port))
                        .build());
            }
        }
        return out;
    }

    /** A range, or a single address as the longest prefix; null when it is neither. */
    public static @Nullable CidrRange cidr(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!InetAddresses.isInetAddress(address)) {
            return null;
        }
        InetAddress parsed = InetAddresses.forString(address);
        int bits = parsed.getAddress().length * 8;
        int length = slash < 0 ? bits : prefixLength(text.substring(slash + 1), bits);
        if (length < 0) {
            return null;
        }
        return CidrRange.newBuilder()
                .setAddressPrefix(InetAddresses.toAddrString(parsed))
                .setPrefixLen(UInt32Value.of(length))
                .build();
    }

    /** The range with the bits behind its prefix cleared, as text; null when it is not a range. */
    public static @Nullable String masked(String text) {
        CidrRange range = cidr(text);
        if (range == null) {
            return null;
        }
        byte[] bytes = InetAddresses.forString(range.getAddressPrefix()).getAddress();
        int length = range.getPrefixLen().getValue();
        for (int bit = length; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        try {
            return InetAddresses.toAddrString(InetAddress.getByAddress(bytes)) + "/" + length;
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("address of " + bytes.length + " bytes (expected: 4 or 16)", e);
        }
    }

    private static int prefixLength(String text, int bits) {
        if (text.isEmpty() || text.length() > 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int length = Integer.parseInt(text);
        return length <= bits ? length : -1;
    }

    /** {@code host:port}, an IPv6 address in brackets. */
    public static String hostAndPort(String host, int port) {
        return bracketed(host) + ":" + port;
    }

    /** An IPv6 address in brackets, anything else as it is. */
    public static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
