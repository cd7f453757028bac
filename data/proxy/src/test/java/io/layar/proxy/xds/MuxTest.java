package io.layar.proxy.xds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Validation;
import io.layar.xds.Subscription;
import io.layar.xds.TypeUrl;
import io.layar.xds.client.Update;
import io.layar.xds.client.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MuxTest {
    private final ResourceTypes types = new ResourceTypes(new Validation());
    private final List<Subscription> wanted = new ArrayList<>();
    private final Mux mux = new Mux(types, (type, subscription) -> wanted.add(subscription));

    private static Update.Item route(String name, String... hosts) {
        RouteConfiguration.Builder config = RouteConfiguration.newBuilder().setName(name);
        for (String host : hosts) {
            config.addVirtualHosts(VirtualHost.newBuilder().setName(host).addDomains(host));
        }
        return new Update.Item(name, "v", Any.pack(config.build()));
    }

    private static Update routes(Update.Item... items) {
        return new Update(TypeUrl.ROUTE, false, ImmutableList.copyOf(items), ImmutableList.of(), "v");
    }

    private static Watcher<Message> into(List<Message> arrived) {
        return (resource, version) -> arrived.add(resource);
    }

    @Test
    void aNameIsWantedOnceAndNoMoreWhenItsLastWatcherLeaves() {
        Runnable one = mux.watch(TypeUrl.ROUTE, "r", into(new ArrayList<>()));
        Runnable two = mux.watch(TypeUrl.ROUTE, "r", into(new ArrayList<>()));
        one.run();
        two.run();
        two.run();
        assertThat(wanted).containsExactly(Subscription.named("r"), Subscription.NOTHING);
    }

    @Test
    void allWatchersOfANameGetItAndALaterOneGetsWhatIsKnown() {
        List<Message> first = new ArrayList<>();
        List<Message> later = new ArrayList<>();
        mux.watch(TypeUrl.ROUTE, "r", into(first));
        assertThat(mux.update(routes(route("r", "a"), route("unasked", "b")))).isEqualTo(Verdict.ACCEPTED);
        mux.watch(TypeUrl.ROUTE, "r", into(later));
        assertThat(first).hasSize(1);
        assertThat(later).isEqualTo(first);
    }

    @Test
    void aBrokenRuleIsRefusedByNameAndFieldAndTheOthersArrive() {
        List<Message> good = new ArrayList<>();
        List<Message> bad = new ArrayList<>();
        mux.watch(TypeUrl.ROUTE, "good", into(good));
        mux.watch(TypeUrl.ROUTE, "bad", into(bad));
        Verdict verdict = mux.update(routes(route("bad", ""), route("good", "a")));
        assertThat(verdict.refused()).containsExactly("bad");
        assertThat(verdict.error()).startsWith("bad: ").contains("name: ");
        assertThat(good).hasSize(1);
        assertThat(bad).isEmpty();
    }

    @Test
    void aWatcherThatRefusesKeepsWhatItHad() {
        List<Message> arrived = new ArrayList<>();
        mux.watch(TypeUrl.ROUTE, "r", (resource, version) -> {
            if (!arrived.isEmpty()) {
                throw new ConfigRejected("virtual_hosts[0].routes[1]", "not supported: dance");
            }
            arrived.add(resource);
        });
        mux.update(routes(route("r", "a")));
        Verdict verdict = mux.update(routes(route("r", "b")));
        assertThat(verdict.error()).isEqualTo("r: virtual_hosts[0].routes[1]: not supported: dance");
        List<Message> later = new ArrayList<>();
        mux.watch(TypeUrl.ROUTE, "r", into(later));
        assertThat(later).isEqualTo(arrived);
    }

    @Test
    void aResourceOfAnotherTypeIsRefused() {
        mux.watch(TypeUrl.ROUTE, "r", into(new ArrayList<>()));
        Update.Item odd = new Update.Item("r", "v", Any.pack(Cluster.getDefaultInstance()));
        assertThat(mux.update(routes(odd)).error())
                .contains("Unable to unpack as envoy.config.route.v3.RouteConfiguration");
    }

    @Test
    void ofAWholeKindTheGoodPartIsUsedAndTheRestIsNamed() {
        Map<String, Message> used = new LinkedHashMap<>();
        List<String> removed = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        WholeUpdates clusters = new WholeUpdates(
                types,
                TypeUrl.CLUSTER,
                "cluster",
                new WholeUpdates.Target() {
                    @Override
                    public void addOrUpdate(Message resource, String version) {
                        used.put(((Cluster) resource).getName(), resource);
                    }

                    @Override
                    public void remove(String name) {
                        removed.add(name);
                    }
                },
                () -> taken.add("taken"));
        mux.takeAll(TypeUrl.CLUSTER, clusters);
        assertThat(wanted).containsExactly(Subscription.EVERYTHING);
        Update.Item good = new Update.Item(
                "good", "v", Any.pack(Cluster.newBuilder().setName("good").build()));
        Update.Item bad = new Update.Item("bad", "v", Any.pack(Cluster.getDefaultInstance()));
        Verdict verdict = mux.update(
                new Update(TypeUrl.CLUSTER, true, ImmutableList.of(good, bad, good), ImmutableList.of(), "v"));
        assertThat(used).containsOnlyKeys("good");
        assertThat(verdict.error())
                .startsWith("Error adding/updating cluster(s) bad: ")
                .contains("duplicate cluster good found");
        assertThat(clusters.versions()).containsOnlyKeys("good");
        mux.update(new Update(TypeUrl.CLUSTER, true, ImmutableList.of(), ImmutableList.of(), "w"));
        assertThat(removed).containsExactly("good");
        assertThat(taken).hasSize(2);
    }
}
