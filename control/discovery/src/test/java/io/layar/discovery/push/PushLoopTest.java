package io.layar.discovery.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Interners;
import io.layar.config.ConfigSet;
import io.layar.config.MeshConfigLoader;
import io.layar.discovery.metrics.DiscoveryMetrics;
import io.layar.mesh.MeshSettings;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PushLoopTest {
    private final BlockingQueue<Era> announced = new LinkedBlockingQueue<>();
    private final MeshState initial = initial();
    private @Nullable PushLoop loop;

    private static MeshState initial() {
        var defaults = new MeshConfigLoader().load("mesh.yaml", "");
        return SnapshotMesh.of(MeshSettings.DEFAULT, ConfigSet.EMPTY, defaults.mesh(), defaults.networks());
    }

    private PushLoop start(Duration after, Duration most) {
        PushLoop started = new PushLoop(
                Era.first(initial, new Era.Shared(ResourceRewrite.NONE, Interners.newStrongInterner())),
                new PushLoop.Debounce(after, most),
                new DiscoveryMetrics("test", () -> 0),
                announced::add);
        loop = started;
        return started;
    }

    @AfterEach
    void close() {
        PushLoop started = loop;
        if (started != null) {
            started.close();
        }
    }

    @Test
    void changesThatComeTogetherArePushedAsOne() throws Exception {
        PushLoop loop = start(Duration.ofMillis(20), Duration.ofSeconds(10));
        ConfigSet last = ConfigSet.EMPTY;
        for (long seed = 1; seed <= 5; seed++) {
            ConfigSet next = new RandomPlace(seed).configs();
            loop.submit(last.deltaTo(next));
            last = next;
        }
        loop.start();
        Era era = announced.poll(10, TimeUnit.SECONDS);
        assertThat(era).isNotNull().isSameAs(loop.era());
        assertThat(loop.era().version()).isEqualTo("1");
        assertThat(loop.era().state().config()).isEqualTo(last);
        assertThat(announced.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void aBatchEndsWhenItHasTakenLongEnough() throws Exception {
        PushLoop loop = start(Duration.ofSeconds(60), Duration.ofMillis(50));
        loop.start();
        loop.submit(ConfigSet.EMPTY.deltaTo(new RandomPlace(1).configs()));
        assertThat(announced.poll(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aChangeThatFailsLeavesTheStateAndTheNextOneIsTaken() throws Exception {
        PushLoop loop = start(Duration.ZERO, Duration.ZERO);
        loop.start();
        loop.submit(
                state -> {
                    throw new IllegalStateException("no such state");
                },
                "bad");
        assertThat(announced.poll(200, TimeUnit.MILLISECONDS)).isNull();
        ConfigSet next = new RandomPlace(1).configs();
        loop.submit(ConfigSet.EMPTY.deltaTo(next));
        assertThat(announced.poll(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(loop.era().state().config()).isEqualTo(next);
    }
}
