package io.layar.proxy.server.admin;

import com.google.re2j.Pattern;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers.Thresholds;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.RoutingPriority;
import io.layar.proxy.core.cluster.HealthFlag;
import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.cluster.HostStat;
import io.layar.proxy.core.cluster.Locality;
import io.layar.proxy.core.config.JsonPrinter;
import io.layar.proxy.network.Services;
import io.layar.proxy.upstream.ClusterManager;
import io.layar.proxy.upstream.ClusterRecord;
import io.layar.proxy.upstream.ClusterView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /clusters} as text and JSON. Thread: main loop. */
final class ClusterPages {
    private static final List<HostStat> COUNTERS = List.of(
            HostStat.CX_CONNECT_FAIL,
            HostStat.CX_TOTAL,
            HostStat.RQ_ERROR,
            HostStat.RQ_SUCCESS,
            HostStat.RQ_TIMEOUT,
            HostStat.RQ_TOTAL);

    private final Services services;

    ClusterPages(Services services) {
        this.services = services;
    }

    AdminResponse serve(AdminRequest request) {
        String filter = request.get("filter");
        Pattern pattern = filter == null ? null : Pattern.compile(filter);
        List<ClusterView> views = services.require(ClusterManager.class).views().stream()
                .filter(view ->
                        pattern == null || pattern.matcher(view.config().name()).find())
                .toList();
        return "json".equals(request.get("format")) ? json(views) : text(views);
    }

    private AdminResponse text(List<ClusterView> views) {
        Map<String, ClusterRecord> records = records();
        StringBuilder text = new StringBuilder();
        for (ClusterView view : views) {
            String name = view.config().name();
            ClusterRecord record = records.getOrDefault(name, UNKNOWN);
            Cluster proto = record.proto();
            line(text, name, "observability_name", view.config().observabilityName());
            limits(text, name, "default_priority", threshold(proto, RoutingPriority.DEFAULT));
            limits(text, name, "high_priority", threshold(proto, RoutingPriority.HIGH));
            line(text, name, "added_via_api", Boolean.toString(!record.version().isEmpty()));
            view.hosts().forEach(host -> host(text, name, host));
        }
        return AdminResponse.text(text.toString());
    }

    private Map<String, ClusterRecord> records() {
        Map<String, ClusterRecord> records = new LinkedHashMap<>();
        services.require(ClusterManager.class)
                .activeClusters()
                .forEach(record -> records.put(record.proto().getName(), record));
        return records;
    }

    private static final ClusterRecord UNKNOWN = new ClusterRecord(Cluster.getDefaultInstance(), "", Instant.EPOCH);

    private static Thresholds threshold(Cluster proto, RoutingPriority priority) {
        return proto.getCircuitBreakers().getThresholdsList().stream()
                .filter(t -> t.getPriority() == priority)
                .findFirst()
                .orElse(Thresholds.getDefaultInstance());
    }

    private static long limit(boolean present, int value, long otherwise) {
        return present ? Integer.toUnsignedLong(value) : otherwise;
    }

    private static Map<String, Long> limits(Thresholds t) {
        Map<String, Long> limits = new LinkedHashMap<>();
        limits.put(
                "max_connections",
                limit(t.hasMaxConnections(), t.getMaxConnections().getValue(), 1024));
        limits.put(
                "max_pending_requests",
                limit(t.hasMaxPendingRequests(), t.getMaxPendingRequests().getValue(), 1024));
        limits.put("max_requests", limit(t.hasMaxRequests(), t.getMaxRequests().getValue(), 1024));
        limits.put("max_retries", limit(t.hasMaxRetries(), t.getMaxRetries().getValue(), 3));
        return limits;
    }

    private static void limits(StringBuilder text, String name, String priority, Thresholds thresholds) {
        limits(thresholds).forEach((key, value) -> line(text, name, priority, key + "::" + value));
    }

    private static void host(StringBuilder text, String cluster, Host host) {
        String prefix = cluster + "::" + host.address().text();
        for (HostStat stat : HostStat.values()) {
            line(text, prefix, stat.text(), Long.toString(host.stat(stat)));
            if (stat == HostStat.RQ_ERROR) {
                line(text, prefix, "rq_pending_active", "0");
            }
        }
        Locality locality = host.locality();
        line(text, prefix, "hostname", host.hostname());
        line(text, prefix, "health_flags", flags(host));
        line(text, prefix, "weight", Integer.toString(host.weight()));
        line(text, prefix, "region", locality.region());
        line(text, prefix, "zone", locality.zone());
        line(text, prefix, "sub_zone", locality.subZone());
        line(text, prefix, "canary", "false");
        line(text, prefix, "priority", Integer.toString(host.priority()));
        line(text, prefix, "success_rate", "-1");
        line(text, prefix, "local_origin_success_rate", "-1");
    }

    private static String flags(Host host) {
        StringBuilder flags = new StringBuilder();
        for (HealthFlag flag : HealthFlag.values()) {
            if (host.has(flag)) {
                flags.append('/').append(flag.text());
            }
        }
        return flags.isEmpty() ? "healthy" : flags.toString();
    }

    private static void line(StringBuilder text, String first, String second, String third) {
        text.append(first)
                .append("::")
                .append(second)
                .append("::")
                .append(third)
                .append('\n');
    }

    private AdminResponse json(List<ClusterView> views) {
        Map<String, ClusterRecord> records = records();
        List<@Nullable Object> statuses = new ArrayList<>();
        for (ClusterView view : views) {
            Map<String, @Nullable Object> status = new LinkedHashMap<>();
            String name = view.config().name();
            ClusterRecord record = records.getOrDefault(name, UNKNOWN);
            Cluster proto = record.proto();
            status.put("name", name);
            if (!record.version().isEmpty()) {
                status.put("added_via_api", true);
            }
            List<@Nullable Object> hosts = new ArrayList<>();
            view.hosts().forEach(host -> hosts.add(host(host)));
            if (!hosts.isEmpty()) {
                status.put("host_statuses", hosts);
            }
            Map<String, @Nullable Object> high = new LinkedHashMap<>();
            high.put("priority", "HIGH");
            high.putAll(limits(threshold(proto, RoutingPriority.HIGH)));
            Map<String, @Nullable Object> breakers = new LinkedHashMap<>();
            breakers.put("thresholds", List.of(limits(threshold(proto, RoutingPriority.DEFAULT)), high));
            status.put("circuit_breakers", breakers);
            status.put("observability_name", view.config().observabilityName());
            if (!proto.getEdsClusterConfig().getServiceName().isEmpty()) {
                status.put("eds_service_name", proto.getEdsClusterConfig().getServiceName());
            }
            statuses.add(status);
        }
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("cluster_statuses", statuses);
        return AdminResponse.json(JsonPrinter.indented(page) + "\n");
    }

    private static Map<String, @Nullable Object> host(Host host) {
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        status.put("address", ListenerPages.address(host.address()));
        List<@Nullable Object> stats = new ArrayList<>();
        COUNTERS.forEach(stat -> stats.add(stat(stat.text(), host.stat(stat), false)));
        stats.add(stat("cx_active", host.stat(HostStat.CX_ACTIVE), true));
        stats.add(stat("rq_active", host.stat(HostStat.RQ_ACTIVE), true));
        stats.add(stat("rq_pending_active", 0, true));
        status.put("stats", stats);
        status.put("health_status", health(host));
        status.put("weight", host.weight());
        if (!host.hostname().isEmpty()) {
            status.put("hostname", host.hostname());
        }
        if (host.priority() > 0) {
            status.put("priority", host.priority());
        }
        Map<String, @Nullable Object> locality = new LinkedHashMap<>();
        put(locality, "region", host.locality().region());
        put(locality, "zone", host.locality().zone());
        put(locality, "sub_zone", host.locality().subZone());
        status.put("locality", locality);
        return status;
    }

    private static Map<String, @Nullable Object> health(Host host) {
        Map<String, @Nullable Object> health = new LinkedHashMap<>();
        for (HealthFlag flag : HealthFlag.values()) {
            if (host.has(flag)
                    && !flag.text().startsWith("eds_status")
                    && !flag.text().endsWith("eds_health")) {
                health.put(flag.text(), true);
            }
        }
        String eds = host.has(HealthFlag.EDS_STATUS_DRAINING)
                ? "DRAINING"
                : host.has(HealthFlag.FAILED_EDS_HEALTH)
                        ? "UNHEALTHY"
                        : host.has(HealthFlag.DEGRADED_EDS_HEALTH) ? "DEGRADED" : "HEALTHY";
        health.put("eds_health_status", eds);
        return health;
    }

    private static void put(Map<String, @Nullable Object> map, String key, String value) {
        if (!value.isEmpty()) {
            map.put(key, value);
        }
    }

    private static Map<String, @Nullable Object> stat(String name, long value, boolean gauge) {
        Map<String, @Nullable Object> stat = new LinkedHashMap<>();
        if (gauge) {
            stat.put("type", "GAUGE");
        }
        if (value != 0) {
            stat.put("value", Long.toString(value));
        }
        stat.put("name", name);
        return stat;
    }
}
