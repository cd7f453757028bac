package io.layar.xdsgen.filterchain;

import static org.assertj.core.api.Assertions.assertThat;

import io.layar.mesh.policy.MutualTlsMode;
import io.layar.mesh.service.Protocol;
import io.layar.xdsgen.filterchain.InboundMatch.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InboundMatchTest {
    @ParameterizedTest
    @EnumSource(Kind.class)
    void strictMutualTlsTakesNothingInPlain(Kind kind) {
        assertThat(InboundMatch.of(MutualTlsMode.STRICT, kind)).isNotEmpty().allMatch(InboundMatch::tls);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void disabledMutualTlsTerminatesNothing(Kind kind) {
        assertThat(InboundMatch.of(MutualTlsMode.DISABLE, kind)).isNotEmpty().noneMatch(InboundMatch::tls);
    }

    @Test
    void permissiveBytesPassATlsOfTheApplicationOn() {
        assertThat(InboundMatch.of(MutualTlsMode.PERMISSIVE, Kind.TCP))
                .contains(
                        new InboundMatch(com.google.common.collect.ImmutableList.of(), InboundMatch.TLS, false, false));
    }

    @Test
    void anUndeclaredProtocolIsLookedAt() {
        assertThat(Kind.of(Protocol.UNSUPPORTED)).isEqualTo(Kind.AUTO);
        assertThat(InboundMatch.of(MutualTlsMode.DISABLE, Kind.AUTO))
                .extracting(InboundMatch::http)
                .containsExactly(true, false);
    }
}
