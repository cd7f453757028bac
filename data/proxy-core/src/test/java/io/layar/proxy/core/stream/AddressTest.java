package io.layar.proxy.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AddressTest {
    private static String text(String ip) throws UnknownHostException {
        return IpText.of(InetAddress.getByName(ip));
    }

    @Test
    void ipv6IsShortenedAtItsLongestRunOfZeros() throws Exception {
        assertThat(text("2001:db8:0:0:1:0:0:0")).isEqualTo("2001:db8:0:0:1::");
        assertThat(text("::")).isEqualTo("::");
        assertThat(text("::1")).isEqualTo("::1");
        assertThat(text("1:0:2:3:4:5:6:7")).isEqualTo("1:0:2:3:4:5:6:7");
    }

    @Test
    void ipv6AddressesWithPortsAreBracketed() throws Exception {
        assertThat(Address.of(new InetSocketAddress(InetAddress.getByName("::1"), 80))
                        .text())
                .isEqualTo("[::1]:80");
    }
}
