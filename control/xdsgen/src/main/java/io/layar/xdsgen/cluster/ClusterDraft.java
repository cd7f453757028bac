package io.layar.xdsgen.cluster;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.layar.xdsgen.endpoint.LocalityGroup;
import io.layar.xdsgen.envoy.Protos;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cluster and its HTTP options while it is built. Thread: the one that builds it. */
final class ClusterDraft {
    static final String HTTP_OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

    private final Cluster.Builder cluster;
    private final boolean dynamicForwardProxy;
    private HttpProtocolOptions.@Nullable Builder http;
    private List<LocalityGroup> groups = List.of();

    ClusterDraft(Cluster.Builder cluster, boolean dynamicForwardProxy) {
        this.cluster = cluster;
        this.dynamicForwardProxy = dynamicForwardProxy;
    }

    Cluster.Builder cluster() {
        return cluster;
    }

    /** Does it resolve the host of each request? */
    boolean isDynamicForwardProxy() {
        return dynamicForwardProxy;
    }

    /** The groups behind its load assignment, for clusters that carry their endpoints themselves. */
    List<LocalityGroup> groups() {
        return groups;
    }

    void setGroups(List<LocalityGroup> others) {
        groups = others;
    }

    /** The HTTP options, made when first asked for. */
    HttpProtocolOptions.Builder http() {
        if (http == null) {
            http = HttpProtocolOptions.newBuilder();
        }
        return http;
    }

    /** HTTP/2 to the upstream, unless something else was decided. */
    void speakHttp2() {
        if (http().getUpstreamProtocolOptionsCase()
                == HttpProtocolOptions.UpstreamProtocolOptionsCase.UPSTREAMPROTOCOLOPTIONS_NOT_SET) {
            http().getExplicitHttpConfigBuilder().setHttp2ProtocolOptions(Http2ProtocolOptions.getDefaultInstance());
        }
    }

    boolean speaksHttp2() {
        return http != null
                && http.hasExplicitHttpConfig()
                && http.getExplicitHttpConfig().hasHttp2ProtocolOptions();
    }

    /** The version that the client used; explicit HTTP/1 options are kept. */
    void speakAsDownstream() {
        Http1ProtocolOptions http1 =
                http().hasExplicitHttpConfig() && http().getExplicitHttpConfig().hasHttpProtocolOptions()
                        ? http().getExplicitHttpConfig().getHttpProtocolOptions()
                        : Http1ProtocolOptions.getDefaultInstance();
        http().setUseDownstreamProtocolConfig(HttpProtocolOptions.UseDownstreamHttpConfig.newBuilder()
                .setHttpProtocolOptions(http1)
                .setHttp2ProtocolOptions(Http2ProtocolOptions.getDefaultInstance()));
    }

    /** Envoy wants a protocol wherever there are HTTP options: HTTP/1 where nothing was decided. */
    Cluster build() {
        if (http != null) {
            if (http.getUpstreamProtocolOptionsCase()
                    == HttpProtocolOptions.UpstreamProtocolOptionsCase.UPSTREAMPROTOCOLOPTIONS_NOT_SET) {
                http.getExplicitHttpConfigBuilder().setHttpProtocolOptions(Http1ProtocolOptions.getDefaultInstance());
            }
            cluster.putTypedExtensionProtocolOptions(HTTP_OPTIONS, Protos.pack(http.build()));
        }
        return cluster.build();
    }
}
