package io.layar.xdsgen.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.CidrRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({"10.0.0.1, 10.0.0.1, 32", "10.0.0.0/8, 10.0.0.0, 8", "2001:db8::/32, 2001:db8::, 32", "::1, ::1, 128"})
    void aRangeOrAnAddressIsARange(String text, String prefix, int length) {
        assertThat(Addresses.cidr(text))
                .isEqualTo(CidrRange.newBuilder()
                        .setAddressPrefix(prefix)
                        .setPrefixLen(UInt32Value.of(length))
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.com", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8"})
    void anythingElseIsNone(String text) {
        assertThat(Addresses.cidr(text)).isNull();
    }

    @Test
    void bitsBehindThePrefixAreCleared() {
        assertThat(Addresses.masked("10.1.2.3/12")).isEqualTo("10.0.0.0/12");
    }

    @Test
    void portZeroMeansAUnixSocket() {
        assertThat(Addresses.of("unix:///run/app.sock", 0).getPipe().getPath()).isEqualTo("/run/app.sock");
    }
}
