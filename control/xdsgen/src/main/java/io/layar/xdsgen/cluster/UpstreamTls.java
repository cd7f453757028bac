package io.layar.xdsgen.cluster;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.clusters.dynamic_forward_proxy.v3.ClusterConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.layar.config.networking.ClientTLSSettings;
import io.layar.config.networking.ClientTLSSettings.TLSmode;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.envoy.SdsSecrets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** TLS towards upstreams: what the rule says, or mutual TLS found by looking at who is there. */
final class UpstreamTls {
    static final String TLS_SOCKET = "envoy.transport_sockets.tls";
    private static final String CONFIG_MAP_PREFIX = "configmap://";
    private static final String BUILTIN_PREFIX = "builtin://";
    private static final String SYSTEM_ROOTS = "system";

    private final ProxyView view;
    private final ClusterDraft draft;
    private final TlsTarget target;

    private UpstreamTls(ProxyView view, ClusterDraft draft, TlsTarget target) {
        this.view = view;
        this.draft = draft;
        this.target = target;
    }

    /** Puts the socket, or a choice of sockets by endpoint, on the cluster. */
    static void apply(ProxyView view, ClusterDraft draft, TlsTarget target, @Nullable ClientTLSSettings own) {
        TlsChoice choice = TlsChoice.of(view, target, own);
        if (choice.settings() == null) {
            return;
        }
        TransportSocket socket = new UpstreamTls(view, draft, target).socket(choice.settings());
        Cluster.Builder cluster = draft.cluster();
        if (socket == null) {
            return;
        }
        boolean matched = choice.automatic()
                && choice.settings().mode() == TLSmode.ISTIO_MUTUAL
                && cluster.getType() != Cluster.DiscoveryType.ORIGINAL_DST;
        if (matched) {
            cluster.addTransportSocketMatches(match("tlsMode-istio", tlsMode(), socket))
                    .addTransportSocketMatches(match("tlsMode-disabled", Struct.getDefaultInstance(), rawBuffer()));
        } else {
            cluster.setTransportSocket(socket);
        }
    }

    /** The socket for {@code settings} alone; null when they ask for none or cannot be honoured. */
    static @Nullable TransportSocket socket(
            ProxyView view, ClusterDraft draft, TlsTarget target, ClientTLSSettings settings) {
        return new UpstreamTls(view, draft, target).socket(settings);
    }

    private static Struct tlsMode() {
        return Struct.newBuilder().putFields("tlsMode", Protos.text("istio")).build();
    }

    private static Cluster.TransportSocketMatch match(String name, Struct match, TransportSocket socket) {
        return Cluster.TransportSocketMatch.newBuilder()
                .setName(name)
                .setMatch(match)
                .setTransportSocket(socket)
                .build();
    }

    static TransportSocket rawBuffer() {
        return TransportSocket.newBuilder()
                .setName("envoy.transport_sockets.raw_buffer")
                .setTypedConfig(Protos.pack(RawBuffer.getDefaultInstance()))
                .build();
    }

    private @Nullable TransportSocket socket(ClientTLSSettings settings) {
        boolean custom = settings.mode() == TLSmode.SIMPLE || settings.mode() == TLSmode.MUTUAL;
        // Only gateways, and sidecars that a rule selects, may ask for a credential by name.
        if (custom
                && !settings.credentialName().isEmpty()
                && !settings.credentialName().startsWith(CONFIG_MAP_PREFIX)
                && view.proxy().isSidecar()
                && !target.ruleHasSelector()) {
            return null;
        }
        UpstreamTlsContext context = switch (settings.mode()) {
            case DISABLE -> null;
            case ISTIO_MUTUAL -> istioMutual(settings);
            case SIMPLE, MUTUAL -> custom(settings);
        };
        return context == null
                ? null
                : TransportSocket.newBuilder()
                        .setName(TLS_SOCKET)
                        .setTypedConfig(Protos.pack(context))
                        .build();
    }

    private static CommonTlsContext.Builder common() {
        return CommonTlsContext.newBuilder()
                .setTlsParams(TlsParameters.newBuilder()
                        .setTlsMinimumProtocolVersion(TlsParameters.TlsProtocol.TLSv1_2)
                        .setTlsMaximumProtocolVersion(TlsParameters.TlsProtocol.TLSv1_3));
    }

    private UpstreamTlsContext istioMutual(ClientTLSSettings settings) {
        CommonTlsContext.Builder common = common().addTlsCertificateSdsSecretConfigs(
                        SdsSecrets.fromAgent(SdsSecrets.WORKLOAD))
                .setCombinedValidationContext(
                        combined(subjects(settings.subjectAltNames()), SdsSecrets.fromAgent(SdsSecrets.ROOT)))
                .addAllAlpnProtocols(inMeshAlpn());
        String sni = settings.sni().isEmpty() && !draft.isDynamicForwardProxy()
                ? draft.cluster().getName()
                : settings.sni();
        if (draft.isDynamicForwardProxy()) {
            autoSni(settings);
        }
        return UpstreamTlsContext.newBuilder()
                .setCommonTlsContext(common)
                .setSni(sni)
                .build();
    }

    private List<String> inMeshAlpn() {
        var out = ImmutableList.<String>builder();
        if (view.isOn(Feature.METADATA_EXCHANGE) && !view.isOn(Feature.DISABLE_MX_ALPN)) {
            out.add("istio-peer-exchange");
        }
        out.add("istio");
        if (draft.speaksHttp2()) {
            out.add("h2");
        }
        return out.build();
    }

    private static CommonTlsContext.CombinedCertificateValidationContext combined(
            CertificateValidationContext byDefault, SdsSecretConfig secret) {
        return CommonTlsContext.CombinedCertificateValidationContext.newBuilder()
                .setDefaultValidationContext(byDefault)
                .setValidationContextSdsSecretConfig(secret)
                .build();
    }

    @SuppressWarnings("deprecation") // the untyped list is what Istio sends
    private static CertificateValidationContext subjects(List<String> names) {
        CertificateValidationContext.Builder out = CertificateValidationContext.newBuilder();
        names.forEach(
                name -> out.addMatchSubjectAltNames(StringMatcher.newBuilder().setExact(name)));
        return out.build();
    }

    private @Nullable UpstreamTlsContext custom(ClientTLSSettings settings) {
        autoSni(settings);
        List<String> names = settings.subjectAltNames().isEmpty() && target.externalRegistry()
                ? target.serviceAccounts()
                : settings.subjectAltNames();
        CommonTlsContext.Builder common = common();
        boolean complete = settings.credentialName().isEmpty()
                ? fromFiles(common, settings, names)
                : fromCredential(common, settings, names);
        if (!complete) {
            return null;
        }
        var defaults = view.mesh().tlsDefaults();
        if (defaults != null) {
            common.getTlsParamsBuilder()
                    .addAllEcdhCurves(defaults.ecdhCurves())
                    .addAllCipherSuites(defaults.cipherSuites());
        }
        if (draft.speaksHttp2()) {
            common.addAlpnProtocols("h2");
        }
        return UpstreamTlsContext.newBuilder()
                .setCommonTlsContext(common)
                .setSni(settings.sni())
                .build();
    }

    private boolean fromCredential(CommonTlsContext.Builder common, ClientTLSSettings settings, List<String> names) {
        if (settings.mode() == TLSmode.MUTUAL) {
            common.addTlsCertificateSdsSecretConfigs(credential(settings.credentialName()));
        }
        if (!Boolean.TRUE.equals(settings.insecureSkipVerify())) {
            common.setCombinedValidationContext(
                    combined(subjects(names), credential(settings.credentialName() + SdsSecrets.CA_SUFFIX)));
        }
        return true;
    }

    private SdsSecretConfig credential(String name) {
        if (name.equals(BUILTIN_PREFIX)) {
            return SdsSecrets.fromAgent(SdsSecrets.WORKLOAD);
        }
        if (name.equals(BUILTIN_PREFIX + SdsSecrets.CA_SUFFIX)) {
            return SdsSecrets.fromAgent(SdsSecrets.ROOT);
        }
        if (name.startsWith("sds://")) {
            if (view.proxy().metadata().isTrue("credential")) {
                return SdsSecrets.fromServer(name, SpecialClusters.EXTERNAL_SDS, "");
            }
            return credential(name.substring("sds://".length()));
        }
        return SdsSecrets.fromControlPlane(name.contains("://") ? name : "kubernetes://" + name);
    }

    private boolean fromFiles(CommonTlsContext.Builder common, ClientTLSSettings settings, List<String> names) {
        if (settings.mode() == TLSmode.MUTUAL) {
            if (settings.clientCertificate().isEmpty() || settings.privateKey().isEmpty()) {
                return false;
            }
            common.addTlsCertificateSdsSecretConfigs(
                    file("file-cert:" + settings.clientCertificate() + "~" + settings.privateKey()));
        }
        if (Boolean.TRUE.equals(settings.insecureSkipVerify())) {
            common.setValidationContext(CertificateValidationContext.getDefaultInstance());
            return true;
        }
        CertificateValidationContext byDefault = subjects(names);
        if (!settings.caCrl().isEmpty()) {
            byDefault = byDefault.toBuilder()
                    .setCrl(DataSource.newBuilder().setFilename(settings.caCrl()))
                    .build();
        }
        String roots = settings.caCertificates().isEmpty() ? SYSTEM_ROOTS : settings.caCertificates();
        common.setCombinedValidationContext(combined(byDefault, file("file-root:" + roots)));
        return true;
    }

    private SdsSecretConfig file(String name) {
        return view.proxy().metadata().isTrue("file-credential")
                ? SdsSecrets.fromFiles(name)
                : SdsSecrets.fromAgent(name);
    }

    /** The server name is the request's host, and the certificate must be for it, unless the rule says otherwise. */
    private void autoSni(ClientTLSSettings settings) {
        boolean insecure = Boolean.TRUE.equals(settings.insecureSkipVerify());
        boolean sni = settings.sni().isEmpty();
        boolean dynamic = draft.isDynamicForwardProxy();
        boolean san =
                !insecure && (dynamic || (sni && settings.subjectAltNames().isEmpty()));
        if (dynamic && (insecure || !sni || !san)) {
            allowInsecureOptions();
        }
        if (sni || san) {
            draft.http().getUpstreamHttpProtocolOptionsBuilder().setAutoSni(sni).setAutoSanValidation(san);
        }
    }

    private void allowInsecureOptions() {
        var type = draft.cluster().getClusterTypeBuilder();
        try {
            ClusterConfig config = ClusterConfig.parseFrom(type.getTypedConfig().getValue());
            type.setTypedConfig(Protos.pack(
                    config.toBuilder().setAllowInsecureClusterOptions(true).build()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("cluster type (expected: a dynamic forward proxy)", e);
        }
    }
}
