package io.layar.proxy.http;

import io.envoyproxy.envoy.config.core.v3.CidrRange;
import io.layar.proxy.core.config.ConfigRejected;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A few ranges of IP addresses. Thread: any (immutable). */
final class CidrSet {
    static final CidrSet EMPTY = new CidrSet(List.of());

    private record Range(byte[] prefix, int bits) {}

    private final Range[] ranges;

    private CidrSet(List<Range> ranges) {
        this.ranges = ranges.toArray(Range[]::new);
    }

    static CidrSet compile(List<CidrRange> protos, String path) {
        List<Range> ranges = new ArrayList<>();
        for (CidrRange proto : protos) {
            byte[] address = NetUtil.createByteArrayFromIpAddressString(proto.getAddressPrefix());
            int bits = proto.hasPrefixLen() ? proto.getPrefixLen().getValue() : 0;
            if (address == null || bits < 0 || bits > address.length * 8) {
                throw new ConfigRejected(path, "invalid ip/mask combo '" + proto.getAddressPrefix() + "/" + bits + "'");
            }
            ranges.add(new Range(address, bits));
        }
        return ranges.isEmpty() ? EMPTY : new CidrSet(ranges);
    }

    boolean contains(@Nullable InetAddress address) {
        if (address == null || ranges.length == 0) {
            return false;
        }
        byte[] bytes = address.getAddress();
        for (Range range : ranges) {
            if (matches(range, bytes)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(Range range, byte[] address) {
        if (range.prefix.length != address.length) {
            return false;
        }
        int whole = range.bits >> 3;
        for (int i = 0; i < whole; i++) {
            if (range.prefix[i] != address[i]) {
                return false;
            }
        }
        int rest = range.bits & 7;
        return rest == 0 || ((range.prefix[whole] ^ address[whole]) & 0xff) >>> 8 - rest == 0;
    }
}
