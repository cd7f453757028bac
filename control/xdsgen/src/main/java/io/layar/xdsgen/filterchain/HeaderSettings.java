package io.layar.xdsgen.filterchain;

import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.ForwardClientCertDetails;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.ServerHeaderTransformation;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.SetCurrentClientCertDetails;
import io.layar.config.mesh.ProxyConfig;
import io.layar.config.mesh.ProxyHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The headers that a proxy adds or leaves: {@code proxyHeaders} of its configuration.
 *
 * <p>Shape: {@code serverName} empty keeps Envoy's own; {@code requestId} false switches request ids off.
 */
public record HeaderSettings(
        String serverName,
        ServerHeaderTransformation serverTransformation,
        ForwardClientCertDetails forwardedCertificate,
        SetCurrentClientCertDetails certificateDetails,
        boolean attemptCount,
        boolean requestId,
        boolean suppressDebug,
        boolean skipExternalExchange,
        boolean forwardedPort,
        boolean forwardedHost,
        boolean preserveCase) {
    private static final String SERVER_NAME = "istio-envoy";

    /** For one side of a proxy. Towards others a sidecar is "envoy": old, and kept. */
    public static HeaderSettings of(ProxyConfig proxyConfig, ListenerClass side) {
        String server = side == ListenerClass.SIDECAR_OUTBOUND ? "" : SERVER_NAME;
        ProxyHeaders headers = proxyConfig.proxyHeaders();
        if (headers == null) {
            return new HeaderSettings(
                    server,
                    ServerHeaderTransformation.OVERWRITE,
                    ForwardClientCertDetails.APPEND_FORWARD,
                    details(null),
                    true,
                    true,
                    false,
                    false,
                    false,
                    false,
                    false);
        }
        var own = headers.server();
        boolean anonymous = own != null && isTrue(own.disabled());
        String given = own == null || own.value().isEmpty() ? server : own.value();
        return new HeaderSettings(
                anonymous ? "" : given,
                anonymous ? ServerHeaderTransformation.PASS_THROUGH : ServerHeaderTransformation.OVERWRITE,
                forwarded(headers.forwardedClientCert(), ForwardClientCertDetails.APPEND_FORWARD),
                details(headers.setCurrentClientCertDetails()),
                headers.attemptCount() == null || !isTrue(headers.attemptCount().disabled()),
                headers.requestId() == null || !isTrue(headers.requestId().disabled()),
                headers.envoyDebugHeaders() != null
                        && isTrue(headers.envoyDebugHeaders().disabled()),
                headers.metadataExchangeHeaders() != null
                        && headers.metadataExchangeHeaders().mode() == ProxyHeaders.MetadataExchangeMode.IN_MESH,
                headers.xForwardedPort() != null
                        && isTrue(headers.xForwardedPort().enabled()),
                headers.xForwardedHost() != null
                        && isTrue(headers.xForwardedHost().enabled()),
                isTrue(headers.preserveHttp1HeaderCase()));
    }

    /** The same, with facts about the workload told to everyone. */
    public HeaderSettings withExchange() {
        return new HeaderSettings(
                serverName,
                serverTransformation,
                forwardedCertificate,
                certificateDetails,
                attemptCount,
                requestId,
                suppressDebug,
                false,
                forwardedPort,
                forwardedHost,
                preserveCase);
    }

    /** What happens to a client certificate's facts, or {@code otherwise} where nothing is said. */
    public static ForwardClientCertDetails forwarded(
            io.layar.config.mesh.ForwardClientCertDetails details, ForwardClientCertDetails otherwise) {
        return switch (details) {
            case UNDEFINED -> otherwise;
            case SANITIZE -> ForwardClientCertDetails.SANITIZE;
            case FORWARD_ONLY -> ForwardClientCertDetails.FORWARD_ONLY;
            case APPEND_FORWARD -> ForwardClientCertDetails.APPEND_FORWARD;
            case SANITIZE_SET -> ForwardClientCertDetails.SANITIZE_SET;
            case ALWAYS_FORWARD_ONLY -> ForwardClientCertDetails.ALWAYS_FORWARD_ONLY;
        };
    }

    private static SetCurrentClientCertDetails details(ProxyHeaders.@Nullable SetCurrentClientCertDetails details) {
        SetCurrentClientCertDetails.Builder out = SetCurrentClientCertDetails.newBuilder();
        if (details == null) {
            return out.setSubject(BoolValue.of(true)).setDns(true).setUri(true).build();
        }
        return out.setSubject(BoolValue.of(!Boolean.FALSE.equals(details.subject())))
                .setDns(!Boolean.FALSE.equals(details.dns()))
                .setUri(!Boolean.FALSE.equals(details.uri()))
                .setCert(isTrue(details.cert()))
                .setChain(isTrue(details.chain()))
                .build();
    }

    private static boolean isTrue(@Nullable Boolean value) {
        return Boolean.TRUE.equals(value);
    }
}
