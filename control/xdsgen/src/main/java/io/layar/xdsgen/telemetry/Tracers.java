package io.layar.xdsgen.telemetry;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.core.v3.HttpService;
import io.envoyproxy.envoy.config.core.v3.HttpUri;
import io.envoyproxy.envoy.config.trace.v3.DatadogConfig;
import io.envoyproxy.envoy.config.trace.v3.SkyWalkingConfig;
import io.envoyproxy.envoy.config.trace.v3.Tracing.Http;
import io.envoyproxy.envoy.config.trace.v3.ZipkinConfig;
import io.layar.config.mesh.ExtensionProvider;
import io.layar.config.mesh.ExtensionProvider.DatadogTracingProvider;
import io.layar.config.mesh.ExtensionProvider.HttpHeader;
import io.layar.config.mesh.ExtensionProvider.SkyWalkingTracingProvider;
import io.layar.config.mesh.ExtensionProvider.ZipkinTracingProvider;
import io.layar.mesh.proxy.IstioVersion;
import io.layar.mesh.proxy.Proxy;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.telemetry.Providers.Target;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tracing providers in Envoy's terms. */
final class Tracers {
    private static final Duration ZIPKIN_TIMEOUT = Duration.ofSeconds(5);
    private static final IstioVersion ZIPKIN_HTTP_SINCE = new IstioVersion(1, 29, 0);
    private static final IstioVersion ZIPKIN_CONTEXT_SINCE = new IstioVersion(1, 28, 0);

    /** The environment of the control plane, where headers may take their values from. */
    private final UnaryOperator<String> environment;

    private final Providers.ServiceLookup services;
    private final Proxy proxy;

    /** A tracer. Shape: {@code maxTagLength} 0 is unset; {@code samples} when it decides itself which spans to keep. */
    record Tracer(Http config, int maxTagLength, boolean childSpans, boolean samples) {}

    Tracers(Proxy proxy, Providers.ServiceLookup services, UnaryOperator<String> environment) {
        this.proxy = proxy;
        this.services = services;
        this.environment = environment;
    }

    /** Null when the provider is not for traces, or its service is unknown. */
    @Nullable
    Tracer of(ExtensionProvider provider) {
        if (provider.zipkin() != null) {
            return zipkin(provider.zipkin());
        }
        if (provider.datadog() != null) {
            return datadog(provider.datadog());
        }
        if (provider.skywalking() != null) {
            return skywalking(provider.skywalking());
        }
        if (provider.opentelemetry() != null) {
            return new OpenTelemetryTracer(this, proxy).of(provider.opentelemetry());
        }
        return null;
    }

    private @Nullable Tracer zipkin(ZipkinTracingProvider zipkin) {
        Target target = target(zipkin.service(), zipkin.port());
        if (target == null) {
            return null;
        }
        String path = zipkin.path().isEmpty() ? "/api/v2/spans" : zipkin.path();
        ZipkinConfig.Builder config = ZipkinConfig.newBuilder()
                .setCollectorEndpointVersion(ZipkinConfig.CollectorEndpointVersion.HTTP_JSON)
                .setTraceId128Bit(!zipkin.enable64bitTraceId())
                .setSharedSpanContext(Protos.FALSE);
        if (proxy.version().compareTo(ZIPKIN_HTTP_SINCE) >= 0) {
            Duration timeout = zipkin.timeout() == null ? ZIPKIN_TIMEOUT : zipkin.timeout();
            config.setCollectorService(
                    http("http://" + target.host() + path, target.cluster(), timeout, zipkin.headers()));
        } else {
            config.setCollectorCluster(target.cluster())
                    .setCollectorEndpoint(path)
                    .setCollectorHostname(target.host());
        }
        boolean withW3c =
                zipkin.traceContextOption() == ZipkinTracingProvider.TraceContextOption.USE_B3_WITH_W3C_PROPAGATION;
        if (withW3c && proxy.version().compareTo(ZIPKIN_CONTEXT_SINCE) >= 0) {
            config.setTraceContextOption(ZipkinConfig.TraceContextOption.USE_B3_WITH_W3C_PROPAGATION);
        }
        return tracer("envoy.tracers.zipkin", config.build(), zipkin.maxTagLength());
    }

    private @Nullable Tracer datadog(DatadogTracingProvider datadog) {
        Target target = target(datadog.service(), datadog.port());
        return target == null
                ? null
                : tracer(
                        "envoy.tracers.datadog",
                        DatadogConfig.newBuilder()
                                .setCollectorCluster(target.cluster())
                                .setServiceName(proxy.id())
                                .setCollectorHostname(target.host())
                                .build(),
                        datadog.maxTagLength());
    }

    private @Nullable Tracer skywalking(SkyWalkingTracingProvider skywalking) {
        Target target = target(skywalking.service(), skywalking.port());
        if (target == null) {
            return null;
        }
        SkyWalkingConfig config = SkyWalkingConfig.newBuilder()
                .setGrpcService(GrpcService.newBuilder().setEnvoyGrpc(grpc(target)))
                .build();
        return new Tracer(named("envoy.tracers.skywalking", config), 0, true, false);
    }

    Tracer tracer(String name, Message config, int maxTagLength) {
        return new Tracer(named(name, config), maxTagLength, proxy.isRouter(), false);
    }

    static Http named(String name, Message config) {
        return Http.newBuilder()
                .setName(name)
                .setTypedConfig(Protos.pack(config))
                .build();
    }

    @Nullable
    Target target(String service, int port) {
        return Providers.target(service, port, services);
    }

    static GrpcService.EnvoyGrpc grpc(Target target) {
        return GrpcService.EnvoyGrpc.newBuilder()
                .setClusterName(target.cluster())
                .setAuthority(target.host())
                .build();
    }

    HttpService http(String uri, String cluster, @Nullable Duration timeout, List<HttpHeader> headers) {
        HttpUri.Builder to = HttpUri.newBuilder().setUri(uri).setCluster(cluster);
        if (timeout != null) {
            to.setTimeout(Protos.duration(timeout));
        }
        HttpService.Builder service = HttpService.newBuilder().setHttpUri(to);
        headers.forEach(header -> service.addRequestHeadersToAdd(HeaderValueOption.newBuilder()
                .setAppendAction(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)
                .setHeader(header(header))));
        return service.build();
    }

    HeaderValue header(HttpHeader header) {
        String value = "";
        if (header.value() != null) {
            value = header.value();
        } else if (header.envName() != null) {
            value = environment.apply(header.envName());
        }
        return HeaderValue.newBuilder().setKey(header.name()).setValue(value).build();
    }
}
