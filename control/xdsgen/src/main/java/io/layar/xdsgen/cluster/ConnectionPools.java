package io.layar.xdsgen.cluster;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers.Thresholds;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.KeepaliveSettings;
import io.envoyproxy.envoy.config.core.v3.TcpKeepalive;
import io.envoyproxy.envoy.type.v3.Percent;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.networking.ConnectionPoolSettings;
import io.layar.config.networking.ConnectionPoolSettings.HTTPSettings;
import io.layar.config.networking.ConnectionPoolSettings.HTTPSettings.ConnectionKeepalive;
import io.layar.config.networking.ConnectionPoolSettings.HTTPSettings.H2UpgradePolicy;
import io.layar.config.networking.ConnectionPoolSettings.TCPSettings;
import io.layar.config.networking.TrafficPolicy.RetryBudget;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.mesh.service.ServicePort;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.json.NewerField;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Connection pools: limits, timeouts, keep-alive, upgrades to HTTP/2. */
final class ConnectionPools {
    /** Envoy's own limits are far too low for a mesh: none, unless the user sets one. */
    private static final int UNLIMITED = -1;

    static final ConnectionPoolSettings DEFAULTS = new ConnectionPoolSettings(null, null);
    private static final TCPSettings NO_TCP = new TCPSettings(0, null, null, null, null);
    private static final HTTPSettings NO_HTTP =
            new HTTPSettings(0, 0, 0, 0, null, H2UpgradePolicy.DEFAULT, false, 0, null);

    private ConnectionPools() {}

    static void apply(
            ProxyView view, ClusterDraft draft, ConnectionPoolSettings settings, @Nullable RetryBudget retryBudget) {
        TCPSettings tcp = settings.tcp() == null ? NO_TCP : settings.tcp();
        HTTPSettings http = settings.http() == null ? NO_HTTP : settings.http();
        Cluster.Builder cluster = draft.cluster();
        Duration connect = tcp.connectTimeout() == null ? view.mesh().connectTimeout() : tcp.connectTimeout();
        if (connect != null) {
            cluster.setConnectTimeout(Protos.duration(connect));
        }
        keepAlive(cluster, view.mesh().tcpKeepalive());
        keepAlive(cluster, tcp.tcpKeepalive());
        cluster.setCircuitBreakers(
                CircuitBreakers.newBuilder().addThresholds(thresholds(view, tcp, http, retryBudget)));
        httpOptions(draft, tcp, http);
        if (http.useClientProtocol()) {
            draft.speakAsDownstream();
        }
    }

    private static Thresholds thresholds(
            ProxyView view, TCPSettings tcp, HTTPSettings http, @Nullable RetryBudget retryBudget) {
        Thresholds.Builder out = Thresholds.newBuilder()
                .setMaxRetries(limit(http.maxRetries()))
                .setMaxRequests(limit(http.http2MaxRequests()))
                .setMaxConnections(limit(tcp.maxConnections()))
                .setMaxPendingRequests(limit(http.http1MaxPendingRequests()))
                .setTrackRemaining(!view.isOn(Feature.DISABLE_TRACK_REMAINING_METRICS));
        if (retryBudget != null) {
            out.setRetryBudget(budget(retryBudget));
        }
        return out.build();
    }

    private static Thresholds.RetryBudget budget(RetryBudget budget) {
        Thresholds.RetryBudget.Builder out = Thresholds.RetryBudget.newBuilder()
                .setBudgetPercent(Percent.newBuilder().setValue(budget.percent() == null ? 20 : budget.percent()))
                .setMinRetryConcurrency(
                        UInt32Value.of(budget.minRetryConcurrency() == 0 ? 3 : budget.minRetryConcurrency()));
        if (budget.budgetInterval() != null) {
            NewerField.RETRY_BUDGET_INTERVAL.set(out, Protos.duration(budget.budgetInterval()));
        }
        return out.build();
    }

    private static UInt32Value limit(int value) {
        return UInt32Value.of(value > 0 ? value : UNLIMITED);
    }

    private static void keepAlive(Cluster.Builder cluster, TCPSettings.@Nullable TcpKeepalive settings) {
        if (settings == null) {
            return;
        }
        TcpKeepalive.Builder out = cluster.getUpstreamConnectionOptionsBuilder().getTcpKeepaliveBuilder();
        if (settings.probes() != 0) {
            out.setKeepaliveProbes(UInt32Value.of(settings.probes()));
        }
        if (settings.time() != null) {
            out.setKeepaliveTime(UInt32Value.of((int) settings.time().getSeconds()));
        }
        if (settings.interval() != null) {
            out.setKeepaliveInterval(UInt32Value.of((int) settings.interval().getSeconds()));
        }
    }

    private static void httpOptions(ClusterDraft draft, TCPSettings tcp, HTTPSettings http) {
        Duration idle = http.idleTimeout() == null ? tcp.idleTimeout() : http.idleTimeout();
        ConnectionKeepalive ping = http.http2KeepAlive();
        if (tcp.maxConnectionDuration() == null
                && idle == null
                && http.maxRequestsPerConnection() == 0
                && http.maxConcurrentStreams() == 0
                && ping == null) {
            return;
        }
        HttpProtocolOptions.Builder common = draft.http().getCommonHttpProtocolOptionsBuilder();
        if (idle != null) {
            common.setIdleTimeout(Protos.duration(idle));
        }
        if (http.maxRequestsPerConnection() > 0) {
            common.setMaxRequestsPerConnection(UInt32Value.of(http.maxRequestsPerConnection()));
        }
        if (tcp.maxConnectionDuration() != null) {
            common.setMaxConnectionDuration(Protos.duration(tcp.maxConnectionDuration()));
        }
        if (draft.speaksHttp2()) {
            var http2 = draft.http().getExplicitHttpConfigBuilder().getHttp2ProtocolOptionsBuilder();
            if (http.maxConcurrentStreams() > 0) {
                http2.setMaxConcurrentStreams(UInt32Value.of(http.maxConcurrentStreams()));
            }
            if (ping != null) {
                http2.setConnectionKeepalive(ping(ping));
            }
        }
    }

    private static KeepaliveSettings ping(ConnectionKeepalive settings) {
        KeepaliveSettings.Builder out = KeepaliveSettings.newBuilder();
        if (settings.interval() != null) {
            out.setInterval(Protos.duration(settings.interval()));
        }
        if (settings.timeout() != null) {
            out.setTimeout(Protos.duration(settings.timeout()));
        }
        return out.build();
    }

    /** A rule's wish counts for any port, the mesh's only for ports of plain HTTP. */
    static boolean upgradesToHttp2(MeshConfig mesh, @Nullable ServicePort port, ConnectionPoolSettings settings) {
        HTTPSettings http = settings.http() == null ? NO_HTTP : settings.http();
        if (http.useClientProtocol()) {
            return false;
        }
        return switch (http.h2UpgradePolicy()) {
            case UPGRADE -> true;
            case DO_NOT_UPGRADE -> false;
            case DEFAULT ->
                mesh.h2UpgradePolicy() == MeshConfig.H2UpgradePolicy.UPGRADE
                        && (port == null || port.protocol().isHttp());
        };
    }
}
