package io.layar.proxy.core.stream;

import java.net.Inet4Address;
import java.net.InetAddress;

/** The canonical text of an IP address: dotted quads, and IPv6 with its longest run of zeros shortened (RFC 5952). */
public final class IpText {
    private IpText() {}

    public static String of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? quad(bytes, 0) : v6(bytes);
    }

    private static String quad(byte[] bytes, int at) {
        return (bytes[at] & 255) + "." + (bytes[at + 1] & 255) + "." + (bytes[at + 2] & 255) + "."
                + (bytes[at + 3] & 255);
    }

    private static String v6(byte[] bytes) {
        int bestAt = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int length = zerosFrom(bytes, i);
            if (length > bestLength) {
                bestAt = i;
                bestLength = length;
            }
        }
        StringBuilder out = new StringBuilder(40);
        int i = 0;
        while (i < 8) {
            if (i == bestAt) {
                out.append("::");
                i += bestLength;
                continue;
            }
            if (i > 0 && out.charAt(out.length() - 1) != ':') {
                out.append(':');
            }
            out.append(Integer.toHexString(group(bytes, i)));
            i++;
        }
        return out.toString();
    }

    private static int zerosFrom(byte[] bytes, int at) {
        int i = at;
        while (i < 8 && group(bytes, i) == 0) {
            i++;
        }
        return i - at;
    }

    private static int group(byte[] bytes, int i) {
        return ((bytes[2 * i] & 255) << 8) | (bytes[2 * i + 1] & 255);
    }
}
