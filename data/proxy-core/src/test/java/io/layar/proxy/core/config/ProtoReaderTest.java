package io.layar.proxy.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Trees of documents become messages, and fields without support are named. */
final class ProtoReaderTest {
    private static Cluster read(Map<String, Object> tree) {
        return new ProtoReader().read(tree, Cluster.getDefaultInstance(), "clusters[0]");
    }

    @Test
    void readsScalarsEnumsDurationsWrappersAndStructs() {
        Cluster cluster = read(Map.of(
                "name", "c",
                "connectTimeout", "0.25s",
                "lb_policy", "RING_HASH",
                "per_connection_buffer_limit_bytes", 1024L,
                "metadata", Map.of("filter_metadata", Map.of("f", Map.of("k", List.of(true, "x"))))));

        assertThat(cluster.getName()).isEqualTo("c");
        assertThat(cluster.getConnectTimeout().getNanos()).isEqualTo(250_000_000);
        assertThat(cluster.getLbPolicy()).isEqualTo(Cluster.LbPolicy.RING_HASH);
        assertThat(cluster.getPerConnectionBufferLimitBytes().getValue()).isEqualTo(1024);
        var values = cluster.getMetadata()
                .getFilterMetadataOrThrow("f")
                .getFieldsOrThrow("k")
                .getListValue();
        assertThat(values.getValues(0).getBoolValue()).isTrue();
        assertThat(values.getValues(1).getStringValue()).isEqualTo("x");
    }

    @Test
    void anUnknownFieldIsRefusedWithItsPath() {
        assertThatThrownBy(() -> read(Map.of("nam", "c")))
                .isInstanceOf(ConfigRejected.class)
                .hasMessageContaining("clusters[0].nam");
    }

    @Test
    void aSecondMemberOfAOneofIsRefused() {
        assertThatThrownBy(() -> read(Map.of("type", "STATIC", "cluster_type", Map.of("name", "x"))))
                .isInstanceOf(ConfigRejected.class)
                .hasMessageContaining("already set");
    }

    @Test
    void aSetFieldWithoutSupportIsNamed() {
        Cluster cluster = read(Map.of("name", "c", "track_cluster_stats", Map.of()));

        Fields.onlySupported(cluster, "c", "name", "track_cluster_stats");
        Fields.refuse(cluster, "c", "lb_policy");
        assertThatThrownBy(() -> Fields.onlySupported(cluster, "c", "name"))
                .hasMessageContaining("c.track_cluster_stats");
        assertThatThrownBy(() -> Fields.refuse(cluster, "c", "track_cluster_stats"))
                .hasMessageContaining("c.track_cluster_stats");
    }
}
