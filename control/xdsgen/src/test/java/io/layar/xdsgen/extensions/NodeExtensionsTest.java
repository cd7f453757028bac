package io.layar.xdsgen.extensions;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.layar.xdsgen.XdsResource;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.istio.stats.PluginConfig;
import org.junit.jupiter.api.Test;

class NodeExtensionsTest {
    private static final String METADATA_EXCHANGE =
            "type.googleapis.com/envoy.tcp.metadataexchange.config.MetadataExchange";
    private static final ImmutableSet<String> PLAIN_ENVOY = ImmutableSet.of(
            "envoy.filters.network.http_connection_manager", "envoy.extensions.filters.http.router.v3.Router");

    private static final Listener LISTENER = listener();

    private static Listener listener() {
        HttpConnectionManager manager = HttpConnectionManager.newBuilder()
                .addHttpFilters(HttpFilter.newBuilder()
                        .setName("istio.stats")
                        .setTypedConfig(Protos.pack(PluginConfig.getDefaultInstance())))
                .addHttpFilters(HttpFilter.newBuilder()
                        .setName("my-router")
                        .setTypedConfig(Protos.pack(Router.getDefaultInstance())))
                .build();
        return Listener.newBuilder()
                .setName("l")
                .addFilterChains(FilterChain.newBuilder()
                        .addFilters(Filter.newBuilder()
                                .setName("istio.metadata_exchange")
                                .setTypedConfig(Protos.typedStruct(METADATA_EXCHANGE, ImmutableMap.of())))
                        .addFilters(Filter.newBuilder()
                                .setName("envoy.filters.network.http_connection_manager")
                                .setTypedConfig(Protos.pack(manager))))
                .build();
    }

    private static Message restricted(ImmutableSet<String> known, Message message) {
        return NodeExtensions.of(known)
                .restrict(ImmutableList.of(new XdsResource("x", message, ImmutableList.of())))
                .getFirst()
                .message();
    }

    @Test
    void nodeThatNamesNothingGetsEverything() {
        assertThat(restricted(ImmutableSet.of(), LISTENER)).isSameAs(LISTENER);
    }

    @Test
    void filterStaysByItsNameOrByTheTypeOfItsConfiguration() throws Exception {
        Listener plain = (Listener) restricted(PLAIN_ENVOY, LISTENER);

        assertThat(plain.getFilterChains(0).getFiltersList())
                .extracting(Filter::getName)
                .containsExactly("envoy.filters.network.http_connection_manager");
        HttpConnectionManager manager = HttpConnectionManager.parseFrom(
                plain.getFilterChains(0).getFilters(0).getTypedConfig().getValue());
        assertThat(manager.getHttpFiltersList()).extracting(HttpFilter::getName).containsExactly("my-router");
    }

    @Test
    void typedStructCountsAsTheTypeThatItStandsFor() {
        Cluster cluster = Cluster.newBuilder()
                .setName("c")
                .addFilters(io.envoyproxy.envoy.config.cluster.v3.Filter.newBuilder()
                        .setName("mx")
                        .setTypedConfig(Protos.typedStruct(METADATA_EXCHANGE, ImmutableMap.of())))
                .build();

        assertThat(((Cluster) restricted(PLAIN_ENVOY, cluster)).getFiltersCount())
                .isZero();
        assertThat(restricted(ImmutableSet.of("envoy.tcp.metadataexchange.config.MetadataExchange"), cluster))
                .isSameAs(cluster);
    }
}
