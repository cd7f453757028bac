package io.layar.discovery.metrics;

import io.layar.discovery.push.Era;
import io.layar.xds.TypeUrl;
import io.layar.xds.XdsResource;
import io.layar.xds.session.Received;
import io.layar.xds.session.Sent;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * The control plane's metrics by the names that existing dashboards and alerts know.
 *
 * <p>Units: seconds and bytes. Thread: any.
 */
public final class DiscoveryMetrics {
    private static final double NANOS = 1e9;
    private static final double[] SECONDS = {.01, .1, .5, 1, 3, 5, 10, 20, 30};
    private static final double[] FINE_SECONDS = {.0001, .001, .005, .01, .1, .5, 1, 3, 5};
    private static final double[] BYTES = {1, 10_000, 1_000_000, 4_000_000, 10_000_000, 40_000_000};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Gauge services = gauge("pilot_services", "Services known to the control plane.");
    private final Gauge virtualServices = gauge("pilot_virt_services", "Virtual services known to the control plane.");
    private final Counter pushes = counter("pilot_xds_pushes", "Responses sent, by kind.", "type");
    private final Counter rejects =
            counter("pilot_total_xds_rejects", "Responses refused by proxies, by kind.", "type");
    private final Counter cdsReject = counter("pilot_xds_cds_reject", "Refused clusters.", "node", "err");
    private final Counter edsReject = counter("pilot_xds_eds_reject", "Refused endpoints.", "node", "err");
    private final Counter ldsReject = counter("pilot_xds_lds_reject", "Refused listeners.", "node", "err");
    private final Counter rdsReject = counter("pilot_xds_rds_reject", "Refused routes.", "node", "err");
    private final Counter expiredNonce =
            counter("pilot_xds_expired_nonce", "Requests that answer a response that is no longer the last.", "type");
    private final Counter internalErrors = counter("pilot_total_xds_internal_errors", "Faults of the control plane.");
    private final Counter triggers = counter("pilot_push_triggers", "Changes that led to a push, by reason.", "type");
    private final Counter inboundUpdates = counter("pilot_inbound_updates", "Updates received, by kind.", "type");
    private final Histogram pushTime = histogram("pilot_xds_push_time", "Time to make a response.", SECONDS, "type");
    private final Histogram configSize = histogram("pilot_xds_config_size_bytes", "Sizes of responses.", BYTES, "type");
    private final Histogram convergence =
            histogram("pilot_proxy_convergence_time", "From a change to a proxy having been sent all of it.", SECONDS);
    private final Histogram queueTime =
            histogram("pilot_proxy_queue_time", "Time that a proxy waits for its turn in a push.", FINE_SECONDS);
    private final Histogram debounceTime =
            histogram("pilot_debounce_time", "From the first change of a batch to its push.", SECONDS);
    private final Histogram applyTime =
            histogram("pilot_pushcontext_init_seconds", "Time to apply a batch of changes.", SECONDS);

    /** What a response of one kind is counted by, looked up once. */
    private record OfKind(CounterDataPoint pushes, DistributionDataPoint time, DistributionDataPoint size) {}

    private final Map<TypeUrl, OfKind> ofKind = new ConcurrentHashMap<>();

    /** @param version the version that {@code pilot_info} and {@code istio_build} say */
    public DiscoveryMetrics(String version, IntSupplier connected) {
        gauge("pilot_info", "Version of the control plane.", "version")
                .labelValues(version)
                .set(1);
        gauge("istio_build", "Build of the component.", "component", "tag")
                .labelValues("pilot", version)
                .set(1);
        io.prometheus.metrics.core.metrics.GaugeWithCallback.builder()
                .name("pilot_xds")
                .help("Connected proxies.")
                .labelNames("version")
                .callback(point -> point.call(connected.getAsInt(), version))
                .register(registry);
        long start = System.nanoTime();
        io.prometheus.metrics.core.metrics.GaugeWithCallback.builder()
                .name("istiod_uptime_seconds")
                .help("Time since the start.")
                .callback(point -> point.call((System.nanoTime() - start) / NANOS))
                .register(registry);
        internalErrors.inc(0);
    }

    public PrometheusRegistry registry() {
        return registry;
    }

    private Gauge gauge(String name, String help, String... labels) {
        return Gauge.builder().name(name).help(help).labelNames(labels).register(registry);
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
    }

    private Histogram histogram(String name, String help, double[] bounds, String... labels) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .classicOnly()
                .classicUpperBounds(bounds)
                .register(registry);
    }

    public void trigger(String reason) {
        triggers.labelValues(reason).inc();
        inboundUpdates.labelValues(reason).inc();
    }

    public void internalError() {
        internalErrors.inc();
    }

    /** A batch became an era. */
    public void applied(Era era, long applyNanos, long sinceFirstNanos) {
        services.set(era.state().services());
        virtualServices.set(era.state().virtualServices());
        applyTime.observe(applyNanos / NANOS);
        debounceTime.observe(sinceFirstNanos / NANOS);
    }

    /** A proxy's turn in a push came after this wait. */
    public void queued(long nanos) {
        queueTime.observe(nanos / NANOS);
    }

    public void converged(long nanos) {
        convergence.observe(nanos / NANOS);
    }

    public void sent(Sent<?> sent, long nanos) {
        OfKind kind = ofKind.computeIfAbsent(sent.type(), type -> {
            String name = type.shortName().toLowerCase(Locale.ROOT);
            return new OfKind(pushes.labelValues(name), pushTime.labelValues(name), configSize.labelValues(type.url()));
        });
        kind.pushes().inc();
        kind.time().observe(nanos / NANOS);
        long bytes = 0;
        for (XdsResource resource : sent.resources()) {
            bytes += resource.body().getValue().size();
        }
        kind.size().observe(bytes);
    }

    public void received(String node, Received received) {
        switch (received) {
            case Received.Refused(TypeUrl type, int code, String _) -> refused(node, type, code);
            case Received.Stale(TypeUrl type) ->
                expiredNonce
                        .labelValues(type.shortName().toLowerCase(Locale.ROOT))
                        .inc();
            case Received.Subscribed _, Received.Acknowledged _ -> {}
        }
    }

    private void refused(String node, TypeUrl type, int code) {
        String kind = type.shortName().toLowerCase(Locale.ROOT);
        rejects.labelValues(kind).inc();
        Counter counter = switch (kind) {
            case "cds" -> cdsReject;
            case "eds" -> edsReject;
            case "lds" -> ldsReject;
            case "rds" -> rdsReject;
            default -> null;
        };
        if (counter != null) {
            counter.labelValues(
                            node,
                            com.google.rpc.Code.forNumber(code) == null
                                    ? Integer.toString(code)
                                    : String.valueOf(com.google.rpc.Code.forNumber(code)))
                    .inc();
        }
    }
}
