package io.layar.proxy.core.cluster;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Filter;
import io.envoyproxy.envoy.config.core.v3.BindConfig;
import io.envoyproxy.envoy.config.core.v3.ExtraSourceAddress;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.core.v3.TcpKeepalive;
import io.envoyproxy.envoy.type.metadata.v3.MetadataKey;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Durations;
import io.layar.proxy.core.config.Fields;
import io.layar.proxy.core.health.HealthCheckConfig;
import io.layar.proxy.core.lb.LbConfig;
import io.layar.proxy.core.lb.LbPolicy;
import io.layar.proxy.core.lb.LbPolicyCompiler;
import io.layar.proxy.core.outlier.OutlierConfig;
import io.layar.proxy.core.stream.Address;
import io.layar.proxy.core.stream.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Compiles clusters. Every field is honoured or refused by name. */
final class ClusterCompiler {
    private static final String[] UNSUPPORTED = {
        "lrs_server", "lrs_report_endpoint_metrics", "upstream_config", "connection_pool_per_downstream_connection"
    };
    private static final String METADATA_EXCHANGE = "envoy.filters.network.metadata_exchange";
    private static final String ORIGINAL_DST_HEADER = "x-envoy-original-dst-host";

    private ClusterCompiler() {}

    static ClusterConfig compile(Cluster proto) {
        if (proto.getName().isEmpty()) {
            throw new ConfigRejected("name", "value length must be at least 1 characters");
        }
        Fields.refuse(proto, "", UNSUPPORTED);
        filters(proto);
        Discovery discovery = discovery(proto);
        LbConfig lb = LbPolicyCompiler.compile(proto);
        checkPolicy(proto, discovery, lb);
        return new ClusterConfig(
                proto.getName(),
                proto.getAltStatName().isEmpty() ? null : proto.getAltStatName(),
                discovery,
                assignment(proto, discovery),
                connect(proto),
                HttpOptionsCompiler.compile(proto),
                lb,
                CircuitBreakerConfig.compile(proto.getCircuitBreakers()),
                proto.hasOutlierDetection() ? OutlierConfig.compile(proto.getOutlierDetection()) : null,
                healthChecks(proto),
                habits(proto),
                Metadata.of(proto.getMetadata()));
    }

    private static void filters(Cluster proto) {
        for (Filter filter : proto.getFiltersList()) {
            // Istio puts its peer metadata exchange on nearly every cluster; it concerns telemetry between two of its
            // own proxies only.
            if (!filter.getName().equals(METADATA_EXCHANGE) && !filter.getName().equals("istio.metadata_exchange")) {
                throw ConfigRejected.unsupported("filters", "upstream network filter '" + filter.getName() + "'");
            }
        }
    }

    private static Discovery discovery(Cluster proto) {
        if (proto.hasClusterType()) {
            throw new ConfigRejected(
                    "cluster_type",
                    "Didn't find a registered cluster factory implementation for name: '"
                            + proto.getClusterType().getName() + "'");
        }
        return switch (proto.getType()) {
            case STATIC -> new Discovery.Static();
            case STRICT_DNS -> new Discovery.StrictDns(DnsCompiler.compile(proto));
            case LOGICAL_DNS -> new Discovery.LogicalDns(DnsCompiler.compile(proto));
            case EDS -> eds(proto);
            case ORIGINAL_DST -> originalDst(proto);
            case UNRECOGNIZED -> throw ConfigRejected.unsupported("type", "type " + proto.getTypeValue());
        };
    }

    private static Discovery eds(Cluster proto) {
        if (!proto.hasEdsClusterConfig()) {
            throw new ConfigRejected("eds_cluster_config", "cannot create an EDS cluster without an EDS config");
        }
        String service = proto.getEdsClusterConfig().getServiceName();
        return new Discovery.Eds(
                service.isEmpty() ? proto.getName() : service,
                proto.getEdsClusterConfig().getEdsConfig());
    }

    private static Discovery originalDst(Cluster proto) {
        Cluster.OriginalDstLbConfig p = proto.getOriginalDstLbConfig();
        if (proto.hasLoadAssignment() && proto.getLoadAssignment().getEndpointsCount() > 0) {
            throw new ConfigRejected(
                    "load_assignment", "ORIGINAL_DST clusters must have no load assignment configured");
        }
        String header = p.getHttpHeaderName().isEmpty()
                ? ORIGINAL_DST_HEADER
                : p.getHttpHeaderName().toLowerCase(Locale.ROOT);
        MetadataKey key = p.getMetadataKey();
        return new Discovery.OriginalDst(
                p.getUseHttpHeader() ? header : null,
                p.hasUpstreamPortOverride() ? p.getUpstreamPortOverride().getValue() : 0,
                p.hasMetadataKey() ? key.getKey() : null,
                key.getPathList().stream().map(MetadataKey.PathSegment::getKey).toList(),
                Durations.millis(proto.hasCleanupInterval(), proto.getCleanupInterval(), 5_000));
    }

    private static void checkPolicy(Cluster proto, Discovery discovery, LbConfig lb) {
        boolean provided = lb.policy() instanceof LbPolicy.ClusterProvided;
        boolean original = discovery instanceof Discovery.OriginalDst;
        if (original && !provided) {
            throw new ConfigRejected(
                    "lb_policy",
                    "cluster: LB policy " + proto.getLbPolicy() + " is not valid for Cluster type ORIGINAL_DST."
                            + " 'CLUSTER_PROVIDED' is the only allowed LB policy for this cluster type");
        }
        if (provided && !original) {
            throw new ConfigRejected(
                    "lb_policy",
                    "cluster: LB policy CLUSTER_PROVIDED cannot be used with a cluster that provides none");
        }
        if (original && proto.hasLbSubsetConfig() && proto.getLbSubsetConfig().getSubsetSelectorsCount() > 0) {
            throw new ConfigRejected(
                    "lb_subset_config", "cluster: cluster type ORIGINAL_DST may not be used with lb_subset_config");
        }
    }

    private static Assignment assignment(Cluster proto, Discovery discovery) {
        if (discovery instanceof Discovery.Eds || discovery instanceof Discovery.OriginalDst) {
            return Assignment.EMPTY;
        }
        boolean dns = discovery instanceof Discovery.StrictDns || discovery instanceof Discovery.LogicalDns;
        try {
            Assignment assignment = AssignmentCompiler.compile(proto.getLoadAssignment(), dns);
            if (discovery instanceof Discovery.LogicalDns
                    && assignment.endpoints().size() != 1) {
                throw new ConfigRejected(
                        "", "LOGICAL_DNS clusters must have a single locality_lb_endpoint and a single lb_endpoint");
            }
            return assignment;
        } catch (ConfigRejected e) {
            throw e.within("load_assignment");
        }
    }

    private static ConnectSettings connect(Cluster proto) {
        TcpKeepalive keepalive = proto.getUpstreamConnectionOptions().getTcpKeepalive();
        Fields.onlySupported(proto.getUpstreamConnectionOptions(), "upstream_connection_options", "tcp_keepalive");
        Cluster.PreconnectPolicy preconnect = proto.getPreconnectPolicy();
        Fields.refuse(preconnect, "preconnect_policy", "predictive_preconnect_ratio");
        return new ConnectSettings(
                Durations.millis(proto.hasConnectTimeout(), proto.getConnectTimeout(), 5_000),
                (int) Math.min(
                        Integer.MAX_VALUE / 2,
                        Durations.unsigned(
                                proto.hasPerConnectionBufferLimitBytes(),
                                proto.getPerConnectionBufferLimitBytes(),
                                1024 * 1024)),
                proto.getUpstreamConnectionOptions().hasTcpKeepalive() ? keepalive(keepalive) : null,
                proto.hasUpstreamBindConfig() ? bind(proto.getUpstreamBindConfig()) : null,
                preconnect.hasPerUpstreamPreconnectRatio()
                        ? preconnect.getPerUpstreamPreconnectRatio().getValue()
                        : 1.0);
    }

    private static ConnectSettings.Keepalive keepalive(TcpKeepalive p) {
        return new ConnectSettings.Keepalive(
                p.hasKeepaliveProbes() ? p.getKeepaliveProbes().getValue() : null,
                p.hasKeepaliveTime() ? p.getKeepaliveTime().getValue() : null,
                p.hasKeepaliveInterval() ? p.getKeepaliveInterval().getValue() : null);
    }

    private static ConnectSettings.@Nullable Bind bind(BindConfig p) {
        Fields.refuse(p, "upstream_bind_config", "socket_options", "local_address_selector");
        List<Address> sources = new ArrayList<>();
        if (p.hasSourceAddress()) {
            sources.add(source(p.getSourceAddress()));
        }
        for (ExtraSourceAddress extra : p.getExtraSourceAddressesList()) {
            Fields.refuse(extra, "upstream_bind_config.extra_source_addresses", "socket_options");
            sources.add(source(extra.getAddress()));
        }
        for (SocketAddress additional : p.getAdditionalSourceAddressesList()) {
            sources.add(source(additional));
        }
        return sources.isEmpty()
                ? null
                : new ConnectSettings.Bind(List.copyOf(sources), p.getFreebind().getValue());
    }

    private static Address source(SocketAddress proto) {
        return Address.of(Sockets.of(proto, "upstream_bind_config"));
    }

    private static List<HealthCheckConfig> healthChecks(Cluster proto) {
        List<HealthCheckConfig> checks = new ArrayList<>();
        for (int i = 0; i < proto.getHealthChecksCount(); i++) {
            HealthCheck check = proto.getHealthChecks(i);
            try {
                checks.add(HealthCheckConfig.compile(check));
            } catch (ConfigRejected e) {
                throw e.within("health_checks[" + i + "]");
            }
        }
        if (checks.size() > 1) {
            throw new ConfigRejected("health_checks", "Multiple health checks not supported");
        }
        return List.copyOf(checks);
    }

    private static ClusterConfig.Habits habits(Cluster proto) {
        return new ClusterConfig.Habits(
                proto.getCloseConnectionsOnHostHealthFailure(),
                proto.getIgnoreHealthOnHostRemoval(),
                false,
                proto.getTrackTimeoutBudgets() || proto.getTrackClusterStats().getTimeoutBudgets(),
                proto.getTrackClusterStats().getRequestResponseSizes(),
                proto.getTrackClusterStats().getPerEndpointStats(),
                !proto.hasWaitForWarmOnInit() || proto.getWaitForWarmOnInit().getValue());
    }
}
