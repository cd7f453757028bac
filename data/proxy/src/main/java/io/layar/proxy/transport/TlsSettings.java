package io.layar.proxy.transport;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters.TlsProtocol;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Fields;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of a TLS context: versions, ciphers, curves, application protocols.
 *
 * <p>Shape: versions as Netty names them ({@code TLSv1.3}); ciphers in OpenSSL's names. Thread: any (immutable).
 */
record TlsSettings(List<String> versions, List<String> ciphers, List<String> curves, List<String> protocols) {
    private static final List<String> TLS13_CIPHERS =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
    private static final List<String> DEFAULT_CIPHERS = List.of(
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-CHACHA20-POLY1305",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "ECDHE-RSA-CHACHA20-POLY1305",
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "ECDHE-RSA-AES256-GCM-SHA384");
    private static final List<String> DEFAULT_CURVES = List.of("X25519", "P-256");

    static TlsSettings compile(CommonTlsContext proto, boolean server, String path) {
        Fields.refuse(
                proto,
                path,
                "tls_certificate_provider_instance",
                "custom_tls_certificate_selector",
                "tls_certificate_certificate_provider",
                "tls_certificate_certificate_provider_instance",
                "validation_context_certificate_provider",
                "validation_context_certificate_provider_instance",
                "custom_handshaker",
                "key_log");
        TlsParameters parameters = proto.getTlsParams();
        Fields.refuse(parameters, path + ".tls_params", "compliance_policies");
        int least = number(parameters.getTlsMinimumProtocolVersion(), 2);
        int most = number(parameters.getTlsMaximumProtocolVersion(), server ? 3 : 2);
        if (least > most) {
            throw new ConfigRejected(path + ".tls_params", "TLS minimum protocol version is above the maximum");
        }
        List<String> versions = new ArrayList<>();
        for (int version = least; version <= most; version++) {
            versions.add(version == 0 ? "TLSv1" : "TLSv1." + version);
        }
        List<String> ciphers = new ArrayList<>();
        for (String suite :
                parameters.getCipherSuitesCount() == 0 ? DEFAULT_CIPHERS : parameters.getCipherSuitesList()) {
            for (String one : suite.replace("[", "").replace("]", "").split("[|:]")) {
                ciphers.add(one);
            }
        }
        ciphers.addAll(TLS13_CIPHERS);
        return new TlsSettings(
                List.copyOf(versions),
                List.copyOf(ciphers),
                parameters.getEcdhCurvesCount() == 0 ? DEFAULT_CURVES : parameters.getEcdhCurvesList(),
                proto.getAlpnProtocolsList());
    }

    private static int number(TlsProtocol version, int otherwise) {
        return switch (version) {
            case TLSv1_0 -> 0;
            case TLSv1_1 -> 1;
            case TLSv1_2 -> 2;
            case TLSv1_3 -> 3;
            case TLS_AUTO, UNRECOGNIZED -> otherwise;
        };
    }

    TlsSettings withProtocols(List<String> others) {
        return new TlsSettings(versions, ciphers, curves, others);
    }
}
