package io.layar.xdsgen.telemetry;

import com.google.common.collect.ImmutableMap;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.RequestIDExtension;
import io.envoyproxy.envoy.extensions.request_id.uuid.v3.UuidRequestIdConfig;
import io.envoyproxy.envoy.type.v3.Percent;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.mesh.Tracing;
import io.layar.config.telemetry.WorkloadMode;
import io.layar.mesh.proxy.IstioVersion;
import io.layar.mesh.proxy.Proxy;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.filterchain.ListenerClass;
import io.layar.xdsgen.json.NewerField;
import org.jspecify.annotations.Nullable;

/** The tracing block of connection managers, and the request id that it samples by. */
public final class TracingSettings {
    private static final double DEFAULT_SAMPLING = 1.0;
    private static final double ALL = 100.0;
    private static final IstioVersion NO_PROPAGATION_SINCE = new IstioVersion(1, 30, 0);

    private final MeshConfig mesh;
    private final Proxy proxy;
    private final @Nullable Tracing proxyTracing;
    private final Tracers tracers;
    private final @Nullable TracingSpec server;
    private final @Nullable TracingSpec client;

    TracingSettings(
            TelemetryScope scope, MeshConfig mesh, Proxy proxy, @Nullable Tracing proxyTracing, Tracers tracers) {
        this.mesh = mesh;
        this.proxy = proxy;
        this.proxyTracing = proxyTracing;
        this.tracers = tracers;
        this.server = TracingSpec.of(scope, mesh, WorkloadMode.SERVER);
        this.client = TracingSpec.of(scope, mesh, WorkloadMode.CLIENT);
    }

    /** Sets tracing, where it is on, and the request id's extension. */
    public void apply(ListenerClass side, HttpConnectionManager.Builder manager) {
        TracingSpec spec = side == ListenerClass.SIDECAR_INBOUND ? server : client;
        boolean byRequestId = true;
        if (spec == null) {
            if (mesh.enableTracing()) {
                manager.setTracing(plain());
            }
        } else if (!spec.disabled() && spec.provider() != null) {
            Tracers.Tracer tracer = tracers.of(spec.provider());
            if (tracer != null) {
                manager.setTracing(reporting(spec, tracer));
                byRequestId = spec.useRequestIdForSampling();
            }
        }
        manager.setRequestIdExtension(RequestIDExtension.newBuilder()
                .setTypedConfig(Protos.pack(UuidRequestIdConfig.newBuilder()
                        .setUseRequestIdForTraceSampling(byRequestId ? Protos.TRUE : Protos.FALSE)
                        .build())));
    }

    /** To the tracer of the proxy's bootstrap. */
    private HttpConnectionManager.Tracing plain() {
        boolean istioTags = proxyTracing == null || !Boolean.FALSE.equals(proxyTracing.enableIstioTags());
        return sampled(sampling())
                .addAllCustomTags(TraceTags.of(proxy, istioTags, ImmutableMap.of(), proxyTracing))
                .build();
    }

    private HttpConnectionManager.Tracing reporting(TracingSpec spec, Tracers.Tracer tracer) {
        double share = spec.randomSamplingPercentage() == null ? sampling() : spec.randomSamplingPercentage();
        HttpConnectionManager.Tracing.Builder out = sampled(tracer.samples() ? ALL : share)
                .setProvider(tracer.config())
                .addAllCustomTags(TraceTags.of(proxy, spec.istioTags(), spec.customTags(), proxyTracing));
        if (tracer.childSpans()) {
            out.setSpawnUpstreamSpan(Protos.TRUE);
        }
        if (tracer.maxTagLength() != 0) {
            out.setMaxPathTagLength(Protos.uint32(tracer.maxTagLength()));
        }
        if (spec.noContextPropagation() && proxy.version().compareTo(NO_PROPAGATION_SINCE) >= 0) {
            NewerField.NO_CONTEXT_PROPAGATION.set(out, true);
        }
        return out.build();
    }

    private HttpConnectionManager.Tracing.Builder sampled(double random) {
        HttpConnectionManager.Tracing.Builder out = HttpConnectionManager.Tracing.newBuilder()
                .setClientSampling(Percent.newBuilder().setValue(ALL))
                .setOverallSampling(Percent.newBuilder().setValue(ALL))
                .setRandomSampling(Percent.newBuilder().setValue(random));
        if (proxyTracing != null && proxyTracing.maxPathTagLength() != 0) {
            out.setMaxPathTagLength(Protos.uint32(proxyTracing.maxPathTagLength()));
        }
        return out;
    }

    private double sampling() {
        if (proxyTracing == null || proxyTracing.sampling() == 0.0) {
            return DEFAULT_SAMPLING;
        }
        return proxyTracing.sampling() > ALL ? DEFAULT_SAMPLING : proxyTracing.sampling();
    }
}
