package io.layar.proxy.http;

import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.SetCurrentClientCertDetails;
import io.layar.proxy.core.config.ConfigRejected;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** Compiles what an HttpConnectionManager says about headers. Errors: {@link ConfigRejected}. Thread: main loop. */
final class HeaderRulesCompiler {
    private final HttpConnectionManager proto;

    HeaderRulesCompiler(HttpConnectionManager proto) {
        this.proto = proto;
    }

    HcmConfig.Headers compile() {
        return new HcmConfig.Headers(
                remoteAddress(),
                new HcmConfig.RequestIdRules(
                        !proto.hasGenerateRequestId()
                                || proto.getGenerateRequestId().getValue(),
                        proto.getPreserveExternalRequestId(),
                        proto.getAlwaysSetRequestIdInResponse()),
                clientCert(),
                proto.getVia(),
                server(),
                proto.hasAddUserAgent() && proto.getAddUserAgent().getValue() ? "envoy" : null,
                scheme(),
                proto.getProxy100Continue());
    }

    private HcmConfig.RemoteAddress remoteAddress() {
        boolean use = proto.hasUseRemoteAddress() && proto.getUseRemoteAddress().getValue();
        if (proto.getInternalAddressConfig().getUnixSockets()) {
            throw ConfigRejected.unsupported("internal_address_config.unix_sockets", "field unix_sockets");
        }
        return new HcmConfig.RemoteAddress(
                use,
                proto.getXffNumTrustedHops(),
                proto.getSkipXffAppend(),
                CidrSet.compile(
                        proto.getInternalAddressConfig().getCidrRangesList(), "internal_address_config.cidr_ranges"),
                proto.getAppendXForwardedPort(),
                use ? localIp() : "127.0.0.1");
    }

    /** The machine's first address that is not loopback: what Envoy writes for a peer on the same machine. */
    private static String localIp() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .map(InetAddress::getHostAddress)
                    .findFirst()
                    .orElse("127.0.0.1");
        } catch (SocketException e) {
            return "127.0.0.1";
        }
    }

    private ForwardedClientCert clientCert() {
        SetCurrentClientCertDetails set = proto.getSetCurrentClientCertDetails();
        ForwardedClientCert.Mode mode = switch (proto.getForwardClientCertDetails()) {
            case FORWARD_ONLY -> ForwardedClientCert.Mode.FORWARD_ONLY;
            case APPEND_FORWARD -> ForwardedClientCert.Mode.APPEND_FORWARD;
            case SANITIZE_SET -> ForwardedClientCert.Mode.SANITIZE_SET;
            case ALWAYS_FORWARD_ONLY -> ForwardedClientCert.Mode.ALWAYS_FORWARD_ONLY;
            case SANITIZE, UNRECOGNIZED -> ForwardedClientCert.Mode.SANITIZE;
        };
        return new ForwardedClientCert(
                mode,
                set.hasSubject() && set.getSubject().getValue(),
                set.getCert(),
                set.getChain(),
                set.getDns(),
                set.getUri());
    }

    private HcmConfig.Server server() {
        HcmConfig.ServerTransformation transformation = switch (proto.getServerHeaderTransformation()) {
            case APPEND_IF_ABSENT -> HcmConfig.ServerTransformation.APPEND_IF_ABSENT;
            case PASS_THROUGH -> HcmConfig.ServerTransformation.PASS_THROUGH;
            case OVERWRITE, UNRECOGNIZED -> HcmConfig.ServerTransformation.OVERWRITE;
        };
        return new HcmConfig.Server(transformation, proto.getServerName().isEmpty() ? "envoy" : proto.getServerName());
    }

    private @Nullable String scheme() {
        if (proto.getSchemeHeaderTransformation().getMatchUpstream()) {
            throw ConfigRejected.unsupported("scheme_header_transformation.match_upstream", "field match_upstream");
        }
        String overwrite = proto.getSchemeHeaderTransformation().getSchemeToOverwrite();
        return overwrite.isEmpty() ? null : overwrite;
    }
}
