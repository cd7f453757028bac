package io.layar.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.layar.config.ConfigDelta;
import io.layar.config.ConfigSet;
import io.layar.config.Kind;
import io.layar.config.Kinds;
import io.layar.config.MeshConfigLoader;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.mesh.MeshNetworks;
import io.layar.mesh.proxy.NodeMetadata;
import io.layar.mesh.proxy.Proxy;
import io.layar.mesh.service.Locality;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MeshSnapshotTest {
    private static final int SEEDS = 400;
    private static final MeshConfig MESH = new MeshConfigLoader().defaults();
    private static final MeshNetworks NETWORKS = new MeshNetworks(ImmutableMap.of());

    private static MeshSnapshot snapshot(ConfigSet configs) {
        return MeshSnapshot.of(MeshSettings.DEFAULT, configs, MESH, NETWORKS);
    }

    private static boolean touches(ConfigDelta delta, Kind<?>... kinds) {
        return Arrays.stream(kinds).anyMatch(delta::touches);
    }

    @Test
    void applyingADeltaEqualsRebuilding() {
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomMesh mesh = new RandomMesh(seed);
            ConfigSet configs = mesh.configs();
            MeshSnapshot snapshot = snapshot(configs);
            for (int step = 0; step < 5; step++) {
                ConfigDelta delta = mesh.delta(configs);
                configs = configs.apply(delta);
                snapshot = snapshot.apply(MeshDelta.of(delta));
                MeshSnapshot rebuilt = snapshot(configs);
                assertThat(snapshot.endpoints())
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(rebuilt.endpoints());
                assertThat(snapshot.equals(rebuilt))
                        .as("seed %d, step %d", seed, step)
                        .isTrue();
            }
        }
    }

    @Test
    void partThatADeltaDoesNotTouchStaysTheSameInstance() {
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomMesh mesh = new RandomMesh(seed);
            ConfigSet configs = mesh.configs();
            MeshSnapshot before = snapshot(configs);
            ConfigDelta delta = mesh.delta(configs);
            MeshSnapshot after = before.apply(MeshDelta.of(delta));
            if (!touches(delta, Kinds.SERVICE, Kinds.SERVICE_ENTRY, Kinds.NAMESPACE)) {
                assertThat(after.services()).isSameAs(before.services());
            }
            if (!touches(delta, Kinds.VIRTUAL_SERVICE)) {
                assertThat(after.virtualServices()).isSameAs(before.virtualServices());
            }
            if (!touches(delta, Kinds.DESTINATION_RULE)) {
                assertThat(after.destinationRules()).isSameAs(before.destinationRules());
            }
            if (!touches(delta, Kinds.SIDECAR)) {
                assertThat(after.sidecars()).isSameAs(before.sidecars());
            }
            if (!touches(delta, Kinds.PEER_AUTHENTICATION)) {
                assertThat(after.peerAuthentications()).isSameAs(before.peerAuthentications());
            }
        }
    }

    @Test
    void endpointsOfServicesThatDidNotChangeStayTheSameInstance() {
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomMesh mesh = new RandomMesh(seed);
            ConfigSet configs = mesh.configs();
            MeshSnapshot before = snapshot(configs);
            MeshSnapshot after = before.apply(MeshDelta.of(mesh.delta(configs)));
            after.endpoints().byService().forEach((key, endpoints) -> {
                if (endpoints.equals(before.endpoints().of(key))) {
                    assertThat(endpoints).isSameAs(before.endpoints().of(key));
                }
            });
        }
    }

    @Test
    void emptyDeltaGivesTheVeryInstance() {
        MeshSnapshot snapshot = snapshot(new RandomMesh(7).configs());

        assertThat(snapshot.apply(MeshDelta.of(ConfigDelta.NONE))).isSameAs(snapshot);
    }

    @Test
    void viewOfAnyProxyCanBeMade() {
        Proxy proxy = Proxy.of(
                "sidecar~10.1.0.1~pod-1.shop~shop.svc.cluster.local",
                NodeMetadata.of(ImmutableMap.of("NAMESPACE", "shop")),
                Locality.NONE,
                ImmutableSet.of());
        for (int seed = 0; seed < SEEDS; seed++) {
            ProxyView view = ProxyView.of(snapshot(new RandomMesh(seed).configs()), proxy);
            assertThat(view.scope().services()).doesNotHaveDuplicates();
            assertThat(view.scope().servicesByHost()).hasSameSizeAs(view.scope().services());
        }
    }
}
