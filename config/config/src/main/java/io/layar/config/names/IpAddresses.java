package io.layar.config.names;

import com.google.common.net.InetAddresses;
import com.google.common.primitives.Ints;
import java.net.Inet4Address;

/** The syntax of IP addresses and subnets. */
public final class IpAddresses {
    private IpAddresses() {}

    public static boolean isAddress(String text) {
        return InetAddresses.isInetAddress(text);
    }

    /** Whether the text is an address and a number of bits after a slash; bits beyond the prefix may be set. */
    public static boolean isPrefix(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 0 || text.indexOf('%') >= 0 || !isAddress(text.substring(0, slash))) {
            return false;
        }
        var bits = text.substring(slash + 1);
        var number = bits.matches("0|[1-9][0-9]{0,2}") ? Ints.tryParse(bits) : null;
        int most = InetAddresses.forString(text.substring(0, slash)) instanceof Inet4Address && text.indexOf(':') < 0
                ? 32
                : 128;
        return number != null && number <= most;
    }

    /** Whether the text is an address, or a subnet. */
    public static boolean isAddressOrSubnet(String text) {
        return text.indexOf('/') >= 0 ? isPrefix(text) : isAddress(text);
    }
}
