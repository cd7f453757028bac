package io.layar.xdsgen.envoyfilter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.Cors;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.layar.xdsgen.envoy.Protos;
import org.junit.jupiter.api.Test;

class ProtoMergeTest {
    @Test
    void setFieldsWinAndOthersStay() {
        Cluster.Builder into = Cluster.newBuilder().setName("a").setAltStatName("b");
        ProtoMerge.merge(into, Cluster.newBuilder().setAltStatName("c").build(), false);
        assertThat(into.build())
                .isEqualTo(Cluster.newBuilder().setName("a").setAltStatName("c").build());
    }

    @Test
    void aDurationIsReplacedWhole() {
        Cluster.Builder into = Cluster.newBuilder()
                .setConnectTimeout(Duration.newBuilder().setSeconds(5).setNanos(7));
        ProtoMerge.merge(
                into,
                Cluster.newBuilder()
                        .setConnectTimeout(Duration.newBuilder().setSeconds(1))
                        .build(),
                false);
        assertThat(into.getConnectTimeout())
                .isEqualTo(Duration.newBuilder().setSeconds(1).build());
    }

    @Test
    void listsGrowUnlessTheyAreToBeReplaced() {
        Router patch = Router.newBuilder().addStrictCheckHeaders("b").build();
        Router.Builder grown = Router.newBuilder().addStrictCheckHeaders("a");
        ProtoMerge.merge(grown, patch, false);
        assertThat(grown.getStrictCheckHeadersList()).containsExactly("a", "b");
        Router.Builder replaced = Router.newBuilder().addStrictCheckHeaders("a");
        ProtoMerge.merge(replaced, patch, true);
        assertThat(replaced.getStrictCheckHeadersList()).containsExactly("b");
    }

    @Test
    void mapEntriesAreReplacedByKey() {
        Metadata.Builder into = Metadata.newBuilder()
                .putFilterMetadata("a", Protos.struct(ImmutableMap.of("x", "1")))
                .putFilterMetadata("b", Protos.struct(ImmutableMap.of("x", "2")));
        ProtoMerge.merge(
                into,
                Metadata.newBuilder()
                        .putFilterMetadata("a", Protos.struct(ImmutableMap.of("y", "3")))
                        .build(),
                false);
        assertThat(into.getFilterMetadataMap())
                .containsEntry("a", Protos.struct(ImmutableMap.of("y", "3")))
                .containsEntry("b", Protos.struct(ImmutableMap.of("x", "2")));
    }

    @Test
    void configurationsOfTheSameTypeMergeInside() {
        Any merged = ProtoMerge.merge(
                Protos.pack(Router.newBuilder().setSuppressEnvoyHeaders(true).build()),
                Protos.pack(
                        Router.newBuilder().setRespectExpectedRqTimeout(true).build()));
        assertThat(merged)
                .isEqualTo(Protos.pack(Router.newBuilder()
                        .setSuppressEnvoyHeaders(true)
                        .setRespectExpectedRqTimeout(true)
                        .build()));
    }

    @Test
    void aConfigurationOfAnotherTypeChangesNothing() {
        Any base = Protos.pack(Router.newBuilder().setSuppressEnvoyHeaders(true).build());
        assertThat(ProtoMerge.merge(base, Protos.pack(Cors.getDefaultInstance())))
                .isEqualTo(base);
    }
}
