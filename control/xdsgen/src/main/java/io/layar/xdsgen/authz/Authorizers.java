package io.layar.xdsgen.authz;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HttpUri;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.AuthorizationRequest;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.AuthorizationResponse;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.BufferSettings;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.HttpService;
import io.envoyproxy.envoy.type.matcher.v3.ListStringMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import io.envoyproxy.envoy.type.v3.StatusCode;
import io.layar.config.mesh.ExtensionProvider;
import io.layar.config.mesh.ExtensionProvider.EnvoyExternalAuthorizationGrpcProvider;
import io.layar.config.mesh.ExtensionProvider.EnvoyExternalAuthorizationHttpProvider;
import io.layar.config.mesh.ExtensionProvider.EnvoyExternalAuthorizationRequestBody;
import io.layar.config.mesh.MeshConfig;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.telemetry.Providers;
import io.layar.xdsgen.telemetry.Providers.ServiceLookup;
import io.layar.xdsgen.telemetry.Providers.Target;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The external authorizers that the mesh configuration names. */
public final class Authorizers {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final int MAX_PORT = 65535;
    private static final Duration DEFAULT_TIMEOUT = Protos.seconds(600);

    private final MeshConfig mesh;
    private final ServiceLookup services;

    public Authorizers(MeshConfig mesh, ServiceLookup services) {
        this.mesh = mesh;
        this.services = services;
    }

    /** How an authorizer is called on HTTP and, if it can be, on TCP; when it is called, is still open. */
    record Authorizer(
            ExtAuthz http, io.envoyproxy.envoy.extensions.filters.network.ext_authz.v3.@Nullable ExtAuthz tcp) {}

    /** Empty when there is no such authorizer, or its settings are wrong: nobody may then be let through. */
    Optional<Authorizer> named(String name) {
        List<ExtensionProvider> found = mesh.extensionProviders().stream()
                .filter(provider -> provider.name().equals(name))
                .filter(provider -> provider.envoyExtAuthzHttp() != null || provider.envoyExtAuthzGrpc() != null)
                .toList();
        if (found.size() != 1 || !NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        ExtensionProvider provider = found.getFirst();
        if (provider.envoyExtAuthzHttp() != null) {
            return http(provider.envoyExtAuthzHttp());
        }
        return provider.envoyExtAuthzGrpc() != null ? grpc(provider.envoyExtAuthzGrpc()) : Optional.empty();
    }

    private Optional<Authorizer> http(EnvoyExternalAuthorizationHttpProvider settings) {
        Optional<Target> target = target(settings.service(), settings.port());
        if (target.isEmpty() || !isStatus(settings.statusOnError()) || !isUsable(settings)) {
            return Optional.empty();
        }
        ExtAuthz.Builder authorizer = ExtAuthz.newBuilder()
                .setFailureModeAllow(settings.failOpen())
                .setTransportApiVersion(ApiVersion.V3)
                .setHttpService(service(settings, target.get()));
        addShared(settings.statusOnError(), settings.includeRequestBodyInCheck(), authorizer);
        List<String> headers = settings.includeRequestHeadersInCheck().isEmpty()
                ? settings.includeHeadersInCheck()
                : settings.includeRequestHeadersInCheck();
        if (!headers.isEmpty()) {
            authorizer.setAllowedHeaders(headers(headers));
        }
        return Optional.of(new Authorizer(authorizer.build(), null));
    }

    private Optional<Authorizer> grpc(EnvoyExternalAuthorizationGrpcProvider settings) {
        Optional<Target> target = target(settings.service(), settings.port());
        if (target.isEmpty() || !isStatus(settings.statusOnError())) {
            return Optional.empty();
        }
        GrpcService service = GrpcService.newBuilder()
                .setEnvoyGrpc(GrpcService.EnvoyGrpc.newBuilder()
                        .setClusterName(target.get().cluster())
                        .setAuthority(target.get().host()))
                .setTimeout(timeout(settings.timeout()))
                .build();
        ExtAuthz.Builder http = ExtAuthz.newBuilder()
                .setFailureModeAllow(settings.failOpen())
                .setTransportApiVersion(ApiVersion.V3)
                .setGrpcService(service);
        addShared(settings.statusOnError(), settings.includeRequestBodyInCheck(), http);
        var tcp = io.envoyproxy.envoy.extensions.filters.network.ext_authz.v3.ExtAuthz.newBuilder()
                .setStatPrefix(RuleFilters.TCP_STATS)
                .setFailureModeAllow(settings.failOpen())
                .setTransportApiVersion(ApiVersion.V3)
                .setGrpcService(service)
                .build();
        return Optional.of(new Authorizer(http.build(), tcp));
    }

    private Optional<Target> target(String service, int port) {
        return port < 1 || port > MAX_PORT
                ? Optional.empty()
                : Optional.ofNullable(Providers.target(service, port, services));
    }

    private static boolean isUsable(EnvoyExternalAuthorizationHttpProvider settings) {
        boolean path = settings.pathPrefix().isEmpty() || settings.pathPrefix().startsWith("/");
        return path
                && Stream.of(
                                settings.includeRequestHeadersInCheck(),
                                settings.includeHeadersInCheck(),
                                settings.headersToDownstreamOnDeny(),
                                settings.headersToDownstreamOnAllow(),
                                settings.headersToUpstreamOnAllow())
                        .noneMatch(headers -> headers.contains("*"));
    }

    private static boolean isStatus(String text) {
        return text.isEmpty() || status(text) != null;
    }

    private static @Nullable StatusCode status(String text) {
        try {
            return StatusCode.forNumber(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static void addShared(
            String statusOnError, @Nullable EnvoyExternalAuthorizationRequestBody body, ExtAuthz.Builder into) {
        StatusCode status = status(statusOnError);
        if (status != null) {
            into.setStatusOnError(HttpStatus.newBuilder().setCode(status));
        }
        if (body != null) {
            into.setWithRequestBody(BufferSettings.newBuilder()
                    .setMaxRequestBytes(body.maxRequestBytes())
                    .setAllowPartialMessage(body.allowPartialMessage())
                    .setPackAsBytes(body.packAsBytes()));
        }
    }

    private static HttpService service(EnvoyExternalAuthorizationHttpProvider settings, Target target) {
        HttpService.Builder service = HttpService.newBuilder()
                .setPathPrefix(settings.pathPrefix())
                .setServerUri(HttpUri.newBuilder()
                        .setTimeout(timeout(settings.timeout()))
                        .setUri("http://" + target.host())
                        .setCluster(target.cluster()));
        if (!settings.includeAdditionalHeadersInCheck().isEmpty()) {
            AuthorizationRequest.Builder request = AuthorizationRequest.newBuilder();
            new TreeMap<>(settings.includeAdditionalHeadersInCheck())
                    .forEach((key, value) -> request.addHeadersToAdd(
                            HeaderValue.newBuilder().setKey(key).setValue(value)));
            service.setAuthorizationRequest(request);
        }
        AuthorizationResponse.Builder response = AuthorizationResponse.newBuilder();
        ImmutableList<String> upstream = settings.headersToUpstreamOnAllow();
        ImmutableList<String> onDeny = settings.headersToDownstreamOnDeny();
        ImmutableList<String> onAllow = settings.headersToDownstreamOnAllow();
        if (!upstream.isEmpty()) {
            response.setAllowedUpstreamHeaders(headers(upstream));
        }
        if (!onDeny.isEmpty()) {
            response.setAllowedClientHeaders(headers(onDeny));
        }
        if (!onAllow.isEmpty()) {
            response.setAllowedClientHeadersOnSuccess(headers(onAllow));
        }
        if (!upstream.isEmpty() || !onDeny.isEmpty() || !onAllow.isEmpty()) {
            service.setAuthorizationResponse(response);
        }
        return service.build();
    }

    private static ListStringMatcher headers(List<String> names) {
        ListStringMatcher.Builder out = ListStringMatcher.newBuilder();
        for (String name : names) {
            StringMatcher.Builder matcher = TextMatches.text(name).toBuilder();
            out.addPatterns(matcher.setIgnoreCase(true));
        }
        return out.build();
    }

    private static Duration timeout(java.time.@Nullable Duration timeout) {
        return timeout == null ? DEFAULT_TIMEOUT : Protos.duration(timeout);
    }
}
