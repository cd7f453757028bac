package io.layar.xdsgen.filterchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChainMatchTest {
    @Test
    void aWildcardHostMatchesEverything() {
        assertThat(ChainMatch.sni(List.of("*")).isAll()).isTrue();
        assertThat(ChainMatch.sni(List.of("*.example.com")).isAll()).isFalse();
        assertThat(ChainMatch.cidrs(List.of("10.0.0.0/8")).isAll()).isFalse();
    }

    @Test
    void rangesThatDifferBehindTheirPrefixOnlyAreTheSame() {
        assertThat(ChainMatch.cidrs(List.of("10.1.2.3/8")).conflictsWith(ChainMatch.cidrs(List.of("10.0.0.0/8"))))
                .isTrue();
        assertThat(ChainMatch.cidrs(List.of("10.1.2.3/32")).conflictsWith(ChainMatch.cidrs(List.of("10.1.2.4/32"))))
                .isFalse();
    }

    @Test
    void theOrderOfHostsDoesNotTellMatchesApart() {
        assertThat(ChainMatch.sni(List.of("a", "b")).conflictsWith(ChainMatch.sni(List.of("b", "a"))))
                .isTrue();
    }
}
