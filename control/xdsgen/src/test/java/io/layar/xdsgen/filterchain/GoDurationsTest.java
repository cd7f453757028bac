package io.layar.xdsgen.filterchain;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationsTest {
    @ParameterizedTest
    @CsvSource({"1h30m, 5400000", "0.5s, 500", "100ms, 100", "0, 0", "1m0.25s, 60250"})
    void unitsAddUp(String text, long millis) {
        assertThat(GoDurations.parse(text))
                .satisfies(parsed -> assertThat(Durations.toMillis(parsed)).isEqualTo(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "1 s", "1d"})
    void anythingElseIsNoDuration(String text) {
        assertThat(GoDurations.parse(text)).isNull();
    }
}
