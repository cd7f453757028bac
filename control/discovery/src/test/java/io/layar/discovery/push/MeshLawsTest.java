package io.layar.discovery.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Interners;
import io.layar.config.ConfigSet;
import io.layar.config.MeshConfigLoader;
import io.layar.mesh.MeshSettings;
import io.layar.mesh.proxy.Proxy;
import io.layar.xds.ResourceSet;
import io.layar.xds.Subscription;
import io.layar.xds.TypeUrl;
import io.layar.xds.XdsResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pushes rely on to do less: like proxies get the same, and a step from one state to the next leads where a fresh start would. */
class MeshLawsTest {
    private static final ImmutableSet<String> ENDPOINTS = ImmutableSet.of(
            "outbound|80||web.shop.svc.cluster.local", "outbound|81||web.shop.svc.cluster.local",
            "outbound|80|v1|cart.shop.svc.cluster.local", "outbound|80||cart.shop.svc.cluster.local",
            "outbound|81||orders.shop.svc.cluster.local", "outbound|80||orders.shop.svc.cluster.local");
    private static final ImmutableSet<String> ROUTES = ImmutableSet.of(
            "80", "81", "outbound|80||web.shop.svc.cluster.local", "outbound|80||cart.shop.svc.cluster.local");
    private static final Map<TypeUrl, Subscription> WANTED = Map.of(
            TypeUrl.CLUSTER,
            Subscription.EVERYTHING,
            TypeUrl.LISTENER,
            Subscription.EVERYTHING,
            TypeUrl.ENDPOINT,
            new Subscription(false, ENDPOINTS),
            TypeUrl.ROUTE,
            new Subscription(false, ROUTES));

    private static SnapshotMesh mesh(ConfigSet configs) {
        var defaults = new MeshConfigLoader().load("mesh.yaml", "");
        return SnapshotMesh.of(MeshSettings.DEFAULT, configs, defaults.mesh(), defaults.networks());
    }

    private static Era first(MeshState state) {
        return Era.first(state, new Era.Shared(ResourceRewrite.NONE, Interners.newStrongInterner()));
    }

    private static ImmutableList<XdsResource> resources(MeshState state, Proxy proxy, TypeUrl type) {
        Subscription wanted = WANTED.getOrDefault(type, Subscription.NOTHING);
        return wanted.wildcard() ? state.all(proxy, type) : state.named(proxy, type, wanted.names());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void likeProxiesGetEqualResources(long seed) {
        SnapshotMesh mesh = mesh(new RandomPlace(seed).configs());
        int alike = 0;
        for (TypeUrl type : WANTED.keySet()) {
            Map<Object, ImmutableList<XdsResource>> known = new HashMap<>();
            for (Proxy proxy : RandomPlace.proxies()) {
                ImmutableList<XdsResource> own = resources(mesh, proxy, type);
                ImmutableList<XdsResource> others = known.putIfAbsent(mesh.likeness(proxy, type), own);
                if (others != null) {
                    alike++;
                    assertThat(own).as("%s of %s", type, proxy.id()).isEqualTo(others);
                }
            }
        }
        // Replicas at least share what does not name them: two of three in each workload, for clusters and routes.
        assertThat(alike).isGreaterThanOrEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aStepLeadsWhereAFreshStartWould(long seed) {
        RandomPlace place = new RandomPlace(seed);
        ConfigSet configs = place.configs();
        Era era = first(mesh(configs));
        List<Proxy> proxies = RandomPlace.proxies();
        for (int step = 1; step <= 6; step++) {
            // Proxies that were not looked at in an era are made anew in the next: both ways are taken.
            for (Proxy proxy : proxies.subList(step % 2, proxies.size())) {
                Era asked = era;
                WANTED.forEach((type, wanted) -> asked.resources(proxy, type, wanted));
            }
            place.change();
            ConfigSet next = place.configs();
            MeshState state = era.state().apply(configs.deltaTo(next));
            configs = next;
            era = era.next(state, Integer.toString(step), 1);
            Era fresh = first(mesh(next));
            for (Proxy proxy : proxies) {
                for (Map.Entry<TypeUrl, Subscription> wanted : WANTED.entrySet()) {
                    assertThat(era.resources(proxy, wanted.getKey(), wanted.getValue())
                                    .byName())
                            .as("%s of %s after step %d", wanted.getKey(), proxy.id(), step)
                            .isEqualTo(fresh.resources(proxy, wanted.getKey(), wanted.getValue())
                                    .byName());
                }
            }
        }
    }

    @Test
    void whatAChangeOfEndpointsDoesNotTouchStaysTheSameInstance() {
        RandomPlace place = new RandomPlace(3);
        ConfigSet configs = place.configs();
        Era era = first(mesh(configs));
        Proxy proxy = RandomPlace.proxies().getFirst();
        ResourceSet clusters = era.resources(proxy, TypeUrl.CLUSTER, Subscription.EVERYTHING);
        ResourceSet listeners = era.resources(proxy, TypeUrl.LISTENER, Subscription.EVERYTHING);
        MeshState same = era.state().apply(configs.deltaTo(configs));
        Era next = era.next(same, "1", 1);
        assertThat(next.change().isNothing()).isTrue();
        assertThat(next.resources(proxy, TypeUrl.CLUSTER, Subscription.EVERYTHING))
                .isSameAs(clusters);
        assertThat(next.resources(proxy, TypeUrl.LISTENER, Subscription.EVERYTHING))
                .isSameAs(listeners);
    }
}
