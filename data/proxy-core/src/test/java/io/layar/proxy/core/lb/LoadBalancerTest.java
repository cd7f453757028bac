package io.layar.proxy.core.lb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.layar.proxy.core.cluster.HealthFlag;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.HostStat;
import io.layar.proxy.core.cluster.Locality;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LoadBalancerTest {
    private static final LbPolicy ROUND_ROBIN = new LbPolicy.RoundRobin(LbPolicy.IGNORED, null);

    private final long[] clock = {0};
    private final int[] panics = {0};

    private LoadBalancer balancer(LbPolicy policy, PrioritySet set) {
        return SharedBalancer.of(policy, set, 50).forWorker(Hosts.environment(7, clock, panics));
    }

    @Test
    void roundRobinGivesEachHostItsTurn() {
        List<Host> hosts = Hosts.equal(3, 0);
        LoadBalancer balancer = balancer(ROUND_ROBIN, Hosts.set(List.of(hosts)));
        List<Host> first = List.of(next(balancer), next(balancer), next(balancer));
        assertThat(first).containsExactlyInAnyOrderElementsOf(hosts);
        assertThat(List.of(next(balancer), next(balancer), next(balancer))).isEqualTo(first);
    }

    private static Host next(LoadBalancer balancer) {
        return Objects.requireNonNull(balancer.choose(LoadBalancerContext.NONE));
    }

    @Test
    void weightsAreKeptExactlyOverOneCycle() {
        Host light = Hosts.host(1, 1);
        Host heavy = Hosts.host(2, 4);
        Map<Host, Integer> counts = Hosts.draw(
                balancer(ROUND_ROBIN, Hosts.set(List.of(List.of(light, heavy)))), LoadBalancerContext.NONE, 500);
        assertThat(counts.get(light)).isCloseTo(100, within(1));
        assertThat(counts.get(heavy)).isCloseTo(400, within(1));
    }

    @Test
    void leastRequestAvoidsTheBusyHost() {
        List<Host> hosts = Hosts.equal(2, 0);
        hosts.get(0).inc(HostStat.RQ_ACTIVE);
        LbPolicy policy = new LbPolicy.LeastRequest(LbPolicy.IGNORED, null, 2, LbPolicy.RuntimeNumber.of(1), false);
        Map<Host, Integer> counts =
                Hosts.draw(balancer(policy, Hosts.set(List.of(hosts))), LoadBalancerContext.NONE, 1000);
        // Both draws fall on the busy host in a quarter of the cases.
        assertThat(counts.get(hosts.get(0))).isBetween(200, 300);
    }

    @Test
    void fullScanAlwaysFindsTheIdleHost() {
        List<Host> hosts = Hosts.equal(5, 0);
        hosts.stream().skip(1).forEach(host -> host.inc(HostStat.RQ_ACTIVE));
        LbPolicy policy = new LbPolicy.LeastRequest(LbPolicy.IGNORED, null, 2, LbPolicy.RuntimeNumber.of(1), true);
        Map<Host, Integer> counts =
                Hosts.draw(balancer(policy, Hosts.set(List.of(hosts))), LoadBalancerContext.NONE, 50);
        assertThat(counts).containsOnlyKeys(hosts.get(0));
    }

    @Test
    void aHostInSlowStartGetsItsShareLittleByLittle() {
        Host old = Hosts.host(1, 1);
        Host fresh = Hosts.host(2, 1);
        clock[0] = 100_000_000_000L;
        fresh.healthyNanos(clock[0] - 10_000_000_000L);
        LbPolicy policy = new LbPolicy.RoundRobin(
                LbPolicy.IGNORED, new LbPolicy.SlowStart(40_000, LbPolicy.RuntimeNumber.of(1), 0.1));
        Map<Host, Integer> counts =
                Hosts.draw(balancer(policy, Hosts.set(List.of(List.of(old, fresh)))), LoadBalancerContext.NONE, 1000);
        // A quarter of the window has passed: weight 0.25 beside 1.
        assertThat(counts.get(fresh)).isCloseTo(200, within(5));
    }

    @Test
    void lowerPriorityTakesWhatTheHigherCannot() {
        List<Host> first = Hosts.equal(4, 0);
        List<Host> second = Hosts.equal(4, 1);
        first.get(0).set(HealthFlag.FAILED_EDS_HEALTH, true);
        first.get(1).set(HealthFlag.FAILED_EDS_HEALTH, true);
        PriorityState state = PriorityState.of(Hosts.set(List.of(first, second)), 50);
        assertThat(state.load.healthy()).containsExactly(70, 30);
    }

    @Test
    void degradedHostsTakeWhatHealthyOnesOfAllPrioritiesCannot() {
        List<Host> hosts = Hosts.equal(4, 0);
        hosts.subList(0, 2).forEach(host -> host.set(HealthFlag.DEGRADED_EDS_HEALTH, true));
        PriorityState state = PriorityState.of(Hosts.set(List.of(hosts)), 50);
        assertThat(state.load.healthy()).containsExactly(70);
        assertThat(state.load.degraded()).containsExactly(30);
    }

    @Test
    void allHostsAreUsedInPanic() {
        List<Host> hosts = Hosts.equal(3, 0);
        hosts.subList(0, 2).forEach(host -> host.set(HealthFlag.FAILED_OUTLIER_CHECK, true));
        Map<Host, Integer> counts =
                Hosts.draw(balancer(ROUND_ROBIN, Hosts.set(List.of(hosts))), LoadBalancerContext.NONE, 30);
        assertThat(counts).hasSize(3);
        assertThat(panics[0]).isEqualTo(30);
    }

    @Test
    void thereIsNoHostWithoutPanicWhenAllAreUnhealthy() {
        List<Host> hosts = Hosts.equal(2, 0);
        hosts.forEach(host -> host.set(HealthFlag.FAILED_EDS_HEALTH, true));
        LoadBalancer balancer = SharedBalancer.of(ROUND_ROBIN, Hosts.set(List.of(hosts)), 0)
                .forWorker(Hosts.environment(1, clock, panics));
        assertThat(balancer.choose(LoadBalancerContext.NONE)).isNull();
    }

    @Test
    void localitiesShareByWeight() {
        Locality near = new Locality("r", "a", "");
        Locality far = new Locality("r", "b", "");
        List<Host> hosts = List.of(Hosts.host(1, 1, 0, near, Map.of()), Hosts.host(2, 1, 0, far, Map.of()));
        HostSet set = HostSet.of(0, hosts, Map.of(near, 3, far, 1), 140, false);
        LbPolicy policy = new LbPolicy.RoundRobin(LbPolicy.WEIGHTED, null);
        Map<Host, Integer> counts =
                Hosts.draw(balancer(policy, new PrioritySet(List.of(set), 1)), LoadBalancerContext.NONE, 400);
        assertThat(counts.get(hosts.get(0))).isCloseTo(300, within(1));
    }

    @Test
    void aRefusedHostIsDrawnAgainAsOftenAsAllowed() {
        List<Host> hosts = Hosts.equal(2, 0);
        LoadBalancerContext notTheFirst = new LoadBalancerContext() {
            @Override
            public boolean shouldSelectAnotherHost(Host host) {
                return host == hosts.get(0);
            }
        };
        Map<Host, Integer> counts = Hosts.draw(balancer(ROUND_ROBIN, Hosts.set(List.of(hosts))), notTheFirst, 20);
        assertThat(counts).containsOnlyKeys(hosts.get(1));
    }

    private static LoadBalancerContext hashing(long hash) {
        return new LoadBalancerContext() {
            @Override
            public boolean hasHash() {
                return true;
            }

            @Override
            public long hash() {
                return hash;
            }
        };
    }

    private static final LbPolicy.HashSettings PLAIN = new LbPolicy.HashSettings(false, 0, false);

    @Test
    void consistentHashesMoveFewKeysWhenOneHostLeaves() {
        List<LbPolicy> policies = List.of(
                new LbPolicy.RingHash(1024, 8 << 20, LbPolicy.HashFunction.XX_HASH, PLAIN),
                new LbPolicy.RingHash(1024, 8 << 20, LbPolicy.HashFunction.MURMUR_HASH_2, PLAIN),
                new LbPolicy.Maglev(65537, PLAIN));
        for (LbPolicy policy : policies) {
            List<Host> hosts = Hosts.equal(10, 0);
            LoadBalancer before = balancer(policy, Hosts.set(List.of(hosts)));
            LoadBalancer after = balancer(policy, Hosts.set(List.of(new ArrayList<>(hosts.subList(1, 10)))));
            int moved = 0;
            int of = 0;
            for (long key = 0; key < 2000; key++) {
                LoadBalancerContext context = hashing(key * 0x9E3779B97F4A7C15L);
                Host old = before.choose(context);
                if (old != hosts.get(0)) {
                    of++;
                    moved += old == after.choose(context) ? 0 : 1;
                }
            }
            assertThat(of).as("%s spreads", policy).isBetween(1650, 1950);
            // A ring keeps its size, so that those who stay get a tenth more points each.
            assertThat((double) moved / of).as("%s", policy).isLessThan(0.12);
        }
    }

    @Test
    void maglevSharesFollowWeights() {
        Host light = Hosts.host(1, 1);
        Host heavy = Hosts.host(2, 3);
        LoadBalancer balancer = balancer(new LbPolicy.Maglev(65537, PLAIN), Hosts.set(List.of(List.of(light, heavy))));
        int heavyHits = 0;
        for (long slot = 0; slot < 65537; slot++) {
            heavyHits += balancer.choose(hashing(slot)) == heavy ? 1 : 0;
        }
        assertThat(heavyHits / 65537.0).isCloseTo(0.75, within(0.01));
    }

    @Test
    void tenThousandHostsAreReadyWithinMilliseconds() {
        PrioritySet set = Hosts.set(List.of(Hosts.equal(10_000, 0)));
        Host last = null;
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            SharedBalancer shared = SharedBalancer.of(new LbPolicy.RoundRobin(LbPolicy.IGNORED, null), set, 50);
            long begin = System.nanoTime();
            last = shared.forWorker(Hosts.environment(1, clock, panics)).choose(LoadBalancerContext.NONE);
            best = Math.min(best, System.nanoTime() - begin);
        }
        assertThat(last).isNotNull();
        assertThat(best).as("nanoseconds on the event loop").isLessThan(5_000_000L);
    }
}
