package io.layar.proxy.transport;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Fields;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** TLS as a client. The context is swapped when one of its secrets changes. Thread: any; changes on the main loop. */
final class UpstreamTls implements UpstreamTransport, CertificateInventory.Source {
    private static final String PATH = "typed_config.common_tls_context";

    private final TlsSettings settings;
    private final TlsContextSource source;
    private final String serverName;
    private final boolean autoHostSni;
    private final boolean autoSniSans;
    private final TlsStats stats;
    private final Runnable onSecret = this::rebuild;
    private volatile @Nullable Current current;

    private record Current(
            Map<List<String>, SslContext> byProtocols,
            @Nullable Identity identity,
            PeerRules rules,
            TlsContextSource.Material material) {}

    UpstreamTls(UpstreamTlsContext proto, TlsStats stats, SecretTable secrets) {
        Fields.refuse(proto, "typed_config", "allow_renegotiation");
        this.settings = TlsSettings.compile(proto.getCommonTlsContext(), false, PATH);
        this.source = new TlsContextSource(proto.getCommonTlsContext(), PATH, secrets);
        this.serverName = proto.getSni();
        this.autoHostSni = proto.getAutoHostSni();
        this.autoSniSans = proto.getAutoSniSanValidation();
        this.stats = stats;
        if (proto.getCommonTlsContext().getTlsCertificatesCount() > 1) {
            throw new ConfigRejected(
                    PATH + ".tls_certificates", "Multiple TLS certificates are not supported for client contexts");
        }
        rebuild();
        for (SdsSecretConfig config : source.wanted()) {
            secrets.watch(TlsContextSource.sourceOf(config), config.getName(), onSecret);
        }
    }

    private void rebuild() {
        TlsContextSource.Material material = source.material();
        if (material.identities() != null && material.rules() != null) {
            Identity identity = material.identities().isEmpty()
                    ? null
                    : material.identities().getFirst();
            Current next = new Current(new ConcurrentHashMap<>(), identity, material.rules(), material);
            contextFor(next, settings.protocols());
            current = next;
        }
    }

    @Override
    public CertificateInventory.@Nullable Entry inventory() {
        Current now = current;
        return now == null ? null : source.inventory(now.material);
    }

    private SslContext contextFor(Current material, List<String> protocols) {
        return material.byProtocols.computeIfAbsent(
                protocols,
                p -> TlsContext.client(
                        settings.withProtocols(p), material.identity, material.rules, stats.failures(), PATH));
    }

    @Override
    public boolean secure() {
        return true;
    }

    @Override
    public boolean ready() {
        return current != null;
    }

    /** True where SNI is to be the host name of the endpoint. */
    @Override
    public boolean wantsHostName() {
        return autoHostSni;
    }

    @Override
    public void install(Channel channel, Options options) {
        Current now = current;
        if (now == null) {
            throw new IllegalStateException("no secret yet");
        }
        String sni = options.serverName() == null ? serverName : options.serverName();
        List<String> sans =
                options.verifySans().isEmpty() && autoSniSans && !sni.isEmpty() ? List.of(sni) : options.verifySans();
        List<String> protocols = options.alpn().isEmpty() ? settings.protocols() : options.alpn();
        SslContext context = contextFor(now, protocols);
        SslHandler tls = sans.isEmpty()
                ? context.newHandler(channel.alloc())
                : context.newHandler(channel.alloc(), String.join(",", sans), 443);
        if (!sni.isEmpty()) {
            SSLParameters parameters = tls.engine().getSSLParameters();
            // The form that takes bytes lets pass what meshes use as names: outbound_.80_._.a.b.
            parameters.setServerNames(List.of(new SNIHostName(sni.getBytes(StandardCharsets.UTF_8))));
            tls.engine().setSSLParameters(parameters);
        }
        tls.setHandshakeTimeoutMillis(0);
        tls.setCloseNotifyFlushTimeoutMillis(1000);
        X509Certificate local =
                now.identity == null ? null : now.identity.chain().getFirst();
        channel.pipeline().addFirst(tls, new TlsHandshake(tls, stats, local, now.rules.demandsAnything()));
    }
}
