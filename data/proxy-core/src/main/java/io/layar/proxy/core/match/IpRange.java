package io.layar.proxy.core.match;

import io.envoyproxy.envoy.config.core.v3.CidrRange;
import io.layar.proxy.core.config.ConfigRejected;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** An IP prefix. Shape: {@code address} is masked to {@code length} bits. Thread: any (immutable). */
public record IpRange(InetAddress address, int length) {
    /** Compiles a CIDR range. Errors: {@link ConfigRejected} for text that is no address; a length beyond the address is cut, as Envoy does. */
    public static IpRange of(CidrRange range, String path) {
        return of(
                range.getAddressPrefix(),
                range.hasPrefixLen() ? range.getPrefixLen().getValue() : 0,
                path);
    }

    public static IpRange of(String text, int length, String path) {
        InetAddress address = parse(text, path);
        int bits = address.getAddress().length * 8;
        int cut = Math.min(Math.max(length, 0), bits);
        byte[] bytes = address.getAddress();
        for (int bit = cut; bit < bits; bit++) {
            bytes[bit >> 3] &= (byte) ~(0x80 >> (bit & 7));
        }
        try {
            return new IpRange(InetAddress.getByAddress(bytes), cut);
        } catch (UnknownHostException e) {
            throw new ConfigRejected(path, "malformed IP address: " + text);
        }
    }

    /** An address literal; names are never looked up. */
    public static InetAddress parse(String text, String path) {
        boolean literal = !text.isEmpty()
                && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':' || c == '%');
        try {
            if (literal
                    && (text.indexOf(':') >= 0
                            || text.chars().filter(c -> c == '.').count() == 3)) {
                return InetAddress.ofLiteral(text);
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigRejected(path, "malformed IP address: " + text);
        }
        throw new ConfigRejected(path, "malformed IP address: " + text);
    }

    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        int whole = length >> 3;
        if (!Arrays.equals(mine, 0, whole, theirs, 0, whole)) {
            return false;
        }
        int rest = length & 7;
        int mask = 0xff << (8 - rest) & 0xff;
        return rest == 0 || (mine[whole] & mask) == (theirs[whole] & mask);
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + length;
    }
}
