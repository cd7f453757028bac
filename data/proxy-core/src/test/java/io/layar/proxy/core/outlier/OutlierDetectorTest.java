package io.layar.proxy.core.outlier;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.OutlierDetection;
import io.layar.proxy.core.cluster.HealthFlag;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.lb.Hosts;
import io.layar.proxy.core.stats.StatsScope;
import io.layar.proxy.core.stats.StatsStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutlierDetectorTest {
    private static final long SECOND = 1_000_000_000L;

    private final StatsScope scope = new StatsStore().scope("cluster.c.");
    private final List<String> log = new ArrayList<>();
    private long now;

    private final OutlierDetector.Listener listener = new OutlierDetector.Listener() {
        @Override
        public void onChange(Host host) {
            log.add(host.address().port() + (host.has(HealthFlag.FAILED_OUTLIER_CHECK) ? " out" : " in"));
        }

        @Override
        public void log(
                Host host,
                @Nullable EjectionType type,
                boolean enforced,
                long ejections,
                long secondsSinceLastAction) {}
    };

    private OutlierDetector detector(OutlierDetection.Builder proto) {
        return new OutlierDetector(OutlierConfig.compile(proto.build()), scope, new SplittableRandom(1), listener);
    }

    private Host host(OutlierDetector detector, int port) {
        MonitoredHost state = detector.newState((monitored, type) -> detector.onReached(monitored, type, now));
        Host host = new Host(Hosts.host(port, 1).facts(), 1, state, 0);
        detector.add(host);
        return host;
    }

    private static HostOutlierState state(Host host) {
        return Objects.requireNonNull(host.outlier());
    }

    private static void answers(Host host, int status, int times) {
        for (int i = 0; i < times; i++) {
            state(host).onResponse(status);
        }
    }

    private static OutlierDetection.Builder half() {
        return OutlierDetection.newBuilder()
                .setConsecutive5Xx(UInt32Value.of(3))
                .setBaseEjectionTime(Duration.newBuilder().setSeconds(1))
                .setMaxEjectionPercent(UInt32Value.of(50));
    }

    @Test
    void threeErrorsInARowEject() {
        OutlierDetector detector = detector(half());
        Host bad = host(detector, 1);
        host(detector, 2);
        answers(bad, 500, 2);
        answers(bad, 200, 1);
        answers(bad, 500, 2);
        assertThat(log).isEmpty();
        answers(bad, 500, 1);
        assertThat(log).containsExactly("1 out");
        assertThat(scope.counter("outlier_detection.ejections_enforced_consecutive_5xx")
                        .value())
                .isEqualTo(1);
    }

    @Test
    void noMoreThanTheAllowedShareIsEjected() {
        OutlierDetector detector = detector(half());
        Host one = host(detector, 1);
        Host two = host(detector, 2);
        answers(one, 500, 3);
        answers(two, 500, 3);
        assertThat(log).containsExactly("1 out");
        assertThat(scope.counter("outlier_detection.ejections_overflow").value())
                .isEqualTo(1);
    }

    @Test
    void theFirstHostMayGoWhateverItsShareWhereConfigured() {
        OutlierDetector detector =
                detector(half().setMaxEjectionPercent(UInt32Value.of(1)).setAlwaysEjectOneHost(BoolValue.of(true)));
        answers(host(detector, 1), 500, 3);
        assertThat(log).containsExactly("1 out");
    }

    @Test
    void ejectionsOfOneHostGrowLonger() {
        OutlierDetector detector = detector(half());
        Host bad = host(detector, 1);
        host(detector, 2);
        answers(bad, 500, 3);
        now = SECOND - 1;
        detector.onInterval(now);
        assertThat(log).containsExactly("1 out");
        now = SECOND;
        detector.onInterval(now);
        assertThat(log).containsExactly("1 out", "1 in");
        answers(bad, 500, 3);
        now += SECOND;
        detector.onInterval(now);
        assertThat(log).hasSize(3);
        now += SECOND;
        detector.onInterval(now);
        assertThat(log).containsExactly("1 out", "1 in", "1 out", "1 in");
    }

    @Test
    void connectFailuresCountAsServerErrorsUnlessSplit() {
        OutlierDetector joined = detector(half());
        Host bad = host(joined, 1);
        host(joined, 2);
        for (int i = 0; i < 3; i++) {
            state(bad).onResult(OutlierResult.LOCAL_ORIGIN_CONNECT_FAILED);
        }
        assertThat(log).containsExactly("1 out");
        log.clear();
        OutlierDetector split = detector(
                half().setSplitExternalLocalOriginErrors(true).setConsecutiveLocalOriginFailure(UInt32Value.of(2)));
        Host other = host(split, 3);
        host(split, 4);
        state(other).onResult(OutlierResult.LOCAL_ORIGIN_CONNECT_FAILED);
        state(other).onResult(OutlierResult.LOCAL_ORIGIN_CONNECT_SUCCESS);
        state(other).onResult(OutlierResult.LOCAL_ORIGIN_CONNECT_FAILED);
        assertThat(log).isEmpty();
        state(other).onResult(OutlierResult.LOCAL_ORIGIN_TIMEOUT);
        assertThat(log).containsExactly("3 out");
    }

    @Test
    void theOneWithAPoorSuccessRateStandsOut() {
        OutlierDetector detector = detector(half().setConsecutive5Xx(UInt32Value.of(1000)));
        List<Host> hosts = new ArrayList<>();
        for (int port = 1; port <= 6; port++) {
            hosts.add(host(detector, port));
        }
        for (Host host : hosts) {
            int errors = host.address().port() == 6 ? 60 : 1;
            answers(host, 200, 100);
            answers(host, 500, errors);
        }
        detector.onInterval(now);
        assertThat(log).containsExactly("6 out");
        assertThat(scope.counter("outlier_detection.ejections_enforced_success_rate")
                        .value())
                .isEqualTo(1);
    }
}
