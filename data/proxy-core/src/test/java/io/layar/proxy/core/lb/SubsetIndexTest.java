package io.layar.proxy.core.lb;

import static org.assertj.core.api.Assertions.assertThat;

import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.Locality;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubsetIndexTest {
    private final Host one = Hosts.host(1, 1, 0, Locality.NONE, Map.of("version", "v1", "stage", "prod"));
    private final Host two = Hosts.host(2, 1, 0, Locality.NONE, Map.of("version", "v2", "stage", "dev"));

    private @Nullable Host choose(LbPolicy.SubsetSettings settings, Map<String, Object> criteria) {
        LbPolicy policy = new LbPolicy.Subset(settings, new LbPolicy.RoundRobin(LbPolicy.IGNORED, null));
        LoadBalancerContext context = new LoadBalancerContext() {
            @Override
            public MetadataMatch metadataMatch() {
                return MetadataMatch.of(criteria);
            }
        };
        return SharedBalancer.of(policy, Hosts.set(List.of(List.of(one, two))), 50)
                .forWorker(Hosts.environment(3, new long[1], new int[1]))
                .choose(context);
    }

    private static LbPolicy.SubsetSettings settings(
            LbPolicy.Fallback fallback, Map<String, Object> defaults, LbPolicy.Selector... selectors) {
        return new LbPolicy.SubsetSettings(
                fallback, defaults, List.of(selectors), false, false, false, false, false, false);
    }

    private static LbPolicy.Selector keys(String... keys) {
        return new LbPolicy.Selector(List.of(keys), false, LbPolicy.Fallback.NOT_DEFINED, List.of());
    }

    @Test
    void criteriaLeadToTheirSubset() {
        assertThat(choose(settings(LbPolicy.Fallback.NO_FALLBACK, Map.of(), keys("version")), Map.of("version", "v2")))
                .isSameAs(two);
    }

    @Test
    void nothingMatchesWithoutFallback() {
        assertThat(choose(settings(LbPolicy.Fallback.NO_FALLBACK, Map.of(), keys("version")), Map.of("version", "v3")))
                .isNull();
    }

    @Test
    void keysWithoutSelectorFallBack() {
        assertThat(choose(settings(LbPolicy.Fallback.ANY_ENDPOINT, Map.of(), keys("version")), Map.of("stage", "dev")))
                .isNotNull();
    }

    @Test
    void defaultSubsetServesWhoMatchesNone() {
        LbPolicy.SubsetSettings settings =
                settings(LbPolicy.Fallback.DEFAULT_SUBSET, Map.of("stage", "dev"), keys("version"));
        assertThat(choose(settings, Map.of("version", "v9"))).isSameAs(two);
    }

    @Test
    void fewerKeysAreTriedWhereTheSelectorSaysSo() {
        LbPolicy.Selector both = new LbPolicy.Selector(
                List.of("stage", "version"), false, LbPolicy.Fallback.KEYS_SUBSET, List.of("version"));
        LbPolicy.SubsetSettings settings = settings(LbPolicy.Fallback.NO_FALLBACK, Map.of(), both, keys("version"));
        assertThat(choose(settings, Map.of("stage", "qa", "version", "v1"))).isSameAs(one);
    }
}
