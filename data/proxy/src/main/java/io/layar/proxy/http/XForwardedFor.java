package io.layar.proxy.http;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** The list of addresses in x-forwarded-for. Thread: any (pure). */
final class XForwardedFor {
    private XForwardedFor() {}

    /**
     * The address that comes {@code skip} addresses before the last, or null when the list is shorter or has no address there.
     */
    static @Nullable InetAddress fromEnd(@Nullable String list, int skip) {
        if (list == null) {
            return null;
        }
        int to = list.length();
        for (int i = 0; i < skip; i++) {
            to = list.lastIndexOf(',', to - 1);
            if (to < 0) {
                return null;
            }
        }
        int comma = list.lastIndexOf(',', to - 1);
        return parse(list.substring(comma + 1, to).strip());
    }

    /** True when the list has one address: then nobody but our peer's client can have written it. */
    static boolean single(String list) {
        return list.indexOf(',') < 0;
    }

    private static @Nullable InetAddress parse(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        if (bytes == null) {
            return null;
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(text, e);
        }
    }

    /** Adds an address at the end of the list. */
    static void append(HeaderMap headers, String ip) {
        int at = headers.indexOf(HeaderNames.X_FORWARDED_FOR);
        if (at < 0) {
            headers.add(HeaderNames.X_FORWARDED_FOR, ip);
        } else {
            String list = headers.value(at);
            headers.setValue(at, list.isEmpty() ? ip : list + "," + ip);
        }
    }
}
