package io.layar.xdsgen.telemetry;

import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.config.core.v3.HttpService;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.trace.v3.OpenTelemetryConfig;
import io.envoyproxy.envoy.extensions.tracers.opentelemetry.resource_detectors.v3.DynatraceResourceDetectorConfig;
import io.envoyproxy.envoy.extensions.tracers.opentelemetry.resource_detectors.v3.EnvironmentResourceDetectorConfig;
import io.envoyproxy.envoy.extensions.tracers.opentelemetry.samplers.v3.DynatraceSamplerConfig;
import io.layar.config.mesh.ExtensionProvider;
import io.layar.config.mesh.ExtensionProvider.OpenTelemetryTracingProvider;
import io.layar.config.mesh.ExtensionProvider.OpenTelemetryTracingProvider.DynatraceSampler;
import io.layar.config.mesh.ExtensionProvider.OpenTelemetryTracingProvider.DynatraceSampler.DynatraceApi;
import io.layar.config.mesh.ExtensionProvider.ResourceDetectors;
import io.layar.config.mesh.ExtensionProvider.ServiceAttributeEnrichment;
import io.layar.mesh.proxy.Proxy;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.telemetry.Providers.Target;
import io.layar.xdsgen.telemetry.Tracers.Tracer;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The OpenTelemetry provider: over HTTP or gRPC, with resource detectors and a sampler. */
final class OpenTelemetryTracer {
    private static final TypedExtensionConfig ENVIRONMENT = TypedExtensionConfig.newBuilder()
            .setName("envoy.tracers.opentelemetry.resource_detectors.environment")
            .setTypedConfig(Protos.pack(EnvironmentResourceDetectorConfig.getDefaultInstance()))
            .build();
    private static final TypedExtensionConfig DYNATRACE = TypedExtensionConfig.newBuilder()
            .setName("envoy.tracers.opentelemetry.resource_detectors.dynatrace")
            .setTypedConfig(Protos.pack(DynatraceResourceDetectorConfig.getDefaultInstance()))
            .build();

    private final Tracers tracers;
    private final Proxy proxy;

    OpenTelemetryTracer(Tracers tracers, Proxy proxy) {
        this.tracers = tracers;
        this.proxy = proxy;
    }

    /** Null when a service is unknown, or a sampler has nowhere to ask. */
    @Nullable
    Tracer of(OpenTelemetryTracingProvider provider) {
        Target target = tracers.target(provider.service(), provider.port());
        if (target == null) {
            return null;
        }
        boolean semantic =
                provider.serviceAttributeEnrichment() == ServiceAttributeEnrichment.OTEL_SEMANTIC_CONVENTIONS;
        OpenTelemetryConfig.Builder config =
                OpenTelemetryConfig.newBuilder().setServiceName(semantic ? semanticServiceName(proxy) : proxy.id());
        export(provider, target, config);
        detectors(provider.resourceDetectors(), semantic, config);
        if (provider.dynatraceSampler() != null) {
            TypedExtensionConfig sampler = sampler(provider.dynatraceSampler(), provider, target);
            if (sampler == null) {
                return null;
            }
            config.setSampler(sampler);
        }
        Tracer tracer = tracers.tracer("envoy.tracers.opentelemetry", config.build(), provider.maxTagLength());
        return new Tracer(
                tracer.config(), tracer.maxTagLength(), tracer.childSpans(), provider.dynatraceSampler() != null);
    }

    private void export(OpenTelemetryTracingProvider provider, Target target, OpenTelemetryConfig.Builder config) {
        if (provider.http() != null) {
            config.setHttpService(http(provider.http(), target));
            return;
        }
        GrpcService.Builder service = GrpcService.newBuilder().setEnvoyGrpc(Tracers.grpc(target));
        ExtensionProvider.GrpcService grpc = provider.grpc();
        if (grpc != null) {
            if (grpc.timeout() != null) {
                service.setTimeout(Protos.duration(grpc.timeout()));
            }
            grpc.initialMetadata().forEach(header -> service.addInitialMetadata(tracers.header(header)));
        }
        config.setGrpcService(service);
    }

    private HttpService http(ExtensionProvider.HttpService http, Target target) {
        return tracers.http(join(target.host(), http.path()), target.cluster(), http.timeout(), http.headers());
    }

    private static String join(String host, String path) {
        String relative = path.startsWith("/") ? path.substring(1) : path;
        return relative.isEmpty() ? host : host + "/" + relative;
    }

    private static void detectors(
            @Nullable ResourceDetectors detectors, boolean semantic, OpenTelemetryConfig.Builder config) {
        boolean environment = detectors != null && detectors.environment() != null;
        if (environment) {
            config.addResourceDetectors(ENVIRONMENT);
        }
        if (detectors != null && detectors.dynatrace() != null) {
            config.addResourceDetectors(DYNATRACE);
        }
        if (semantic && !environment) {
            config.addResourceDetectors(ENVIRONMENT);
        }
    }

    private @Nullable TypedExtensionConfig sampler(
            DynatraceSampler sampler, OpenTelemetryTracingProvider provider, Target exporter) {
        HttpService service = samplerService(sampler.httpService(), provider, exporter);
        if (service == null) {
            return null;
        }
        return TypedExtensionConfig.newBuilder()
                .setName("envoy.tracers.opentelemetry.samplers.dynatrace")
                .setTypedConfig(Protos.pack(DynatraceSamplerConfig.newBuilder()
                        .setTenant(sampler.tenant())
                        .setClusterId(sampler.clusterId())
                        .setRootSpansPerMinute(sampler.rootSpansPerMinute())
                        .setHttpService(service)
                        .build()))
                .build();
    }

    /** The sampler's own service, or that of the exporter. */
    private @Nullable HttpService samplerService(
            @Nullable DynatraceApi api, OpenTelemetryTracingProvider provider, Target exporter) {
        if (api == null) {
            return provider.http() == null
                    ? null
                    : tracers.http(
                            join(exporter.host(), "api/v2/samplingConfiguration"),
                            exporter.cluster(),
                            provider.http().timeout(),
                            provider.http().headers());
        }
        Target target = tracers.target(api.service(), api.port());
        return target == null || api.http() == null ? null : http(api.http(), target);
    }

    /** By OpenTelemetry's conventions for Kubernetes: annotation, instance, name, workload, pod. */
    private static String semanticServiceName(Proxy proxy) {
        String pod = proxy.id().substring(0, Math.max(0, proxy.id().indexOf('.')));
        Map<String, String> annotations = proxy.metadata().texts("ANNOTATIONS");
        return Stream.of(
                        annotations.getOrDefault("resource.opentelemetry.io/service.name", ""),
                        proxy.labels().getOrDefault("app.kubernetes.io/instance", ""),
                        proxy.labels().getOrDefault("app.kubernetes.io/name", ""),
                        proxy.metadata().text("WORKLOAD_NAME"),
                        pod,
                        onlyContainer(proxy.metadata().text("APP_CONTAINERS")))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("unknown_service");
    }

    private static String onlyContainer(String containers) {
        return containers.contains(",") ? "" : containers;
    }
}
