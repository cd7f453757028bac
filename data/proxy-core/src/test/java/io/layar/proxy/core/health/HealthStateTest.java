package io.layar.proxy.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.layar.proxy.core.cluster.HealthFlag;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.health.HealthState.Failure;
import io.layar.proxy.core.health.HealthState.Transition;
import io.layar.proxy.core.lb.Hosts;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HealthStateTest {
    private final HealthCheckConfig config = HealthCheckConfig.compile(HealthCheck.newBuilder()
            .setTimeout(Duration.newBuilder().setSeconds(1))
            .setInterval(Duration.newBuilder().setSeconds(5))
            .setUnhealthyEdgeInterval(Duration.newBuilder().setSeconds(2))
            .setUnhealthyThreshold(UInt32Value.of(2))
            .setHealthyThreshold(UInt32Value.of(2))
            .setHttpHealthCheck(HealthCheck.HttpHealthCheck.newBuilder().setPath("/"))
            .build());
    private final Host host = Hosts.host(1, 1);
    private final HealthState state = new HealthState(config, host);

    @Test
    void theFirstSuccessMakesANewHostHealthy() {
        host.set(HealthFlag.FAILED_ACTIVE_HC, true);
        assertThat(state.onSuccess(false)).isEqualTo(Transition.CHANGED);
        assertThat(host.health()).isEqualTo(Host.Health.HEALTHY);
    }

    @Test
    void laterRecoveriesNeedTheThreshold() {
        state.onSuccess(false);
        state.onFailure(Failure.ACTIVE, false);
        assertThat(state.onSuccess(false)).isEqualTo(Transition.PENDING);
        assertThat(state.onSuccess(false)).isEqualTo(Transition.CHANGED);
    }

    @Test
    void aBadAnswerCountsAtOnceAndABrokenConnectionByThreshold() {
        state.onSuccess(false);
        assertThat(state.onFailure(Failure.NETWORK, false)).isEqualTo(Transition.PENDING);
        assertThat(state.nextMillis(true, new SplittableRandom(1))).isEqualTo(2000);
        assertThat(state.onSuccess(false)).isEqualTo(Transition.UNCHANGED);
        assertThat(state.onFailure(Failure.ACTIVE, false)).isEqualTo(Transition.CHANGED);
        assertThat(host.health()).isEqualTo(Host.Health.UNHEALTHY);
    }

    @Test
    void clustersWithoutTrafficAreAskedSeldom() {
        state.onSuccess(false);
        assertThat(state.nextMillis(false, new SplittableRandom(1))).isEqualTo(60_000);
        assertThat(state.nextMillis(true, new SplittableRandom(1))).isEqualTo(5_000);
    }
}
