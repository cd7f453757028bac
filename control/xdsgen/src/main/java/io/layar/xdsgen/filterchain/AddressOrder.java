package io.layar.xdsgen.filterchain;

import com.google.common.net.InetAddresses;
import io.envoyproxy.envoy.config.core.v3.CidrRange;
import java.util.Arrays;
import java.util.Comparator;

/** Order of address ranges: IPv4 first, by address, then by prefix. */
final class AddressOrder {
    static final Comparator<CidrRange> BY_ADDRESS = Comparator.<CidrRange, byte[]>comparing(
                    AddressOrder::bytes, AddressOrder::compare)
            .thenComparingInt(range -> range.getPrefixLen().getValue());

    private AddressOrder() {}

    private static byte[] bytes(CidrRange range) {
        return InetAddresses.forString(range.getAddressPrefix()).getAddress();
    }

    private static int compare(byte[] a, byte[] b) {
        return a.length == b.length ? Arrays.compareUnsigned(a, b) : Integer.compare(a.length, b.length);
    }
}
