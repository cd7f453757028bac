package io.layar.proxy.transport;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.layar.proxy.core.config.Fields;
import io.layar.proxy.network.InitTargets;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** TLS as a server. The context is swapped when one of its secrets changes. Thread: any; changes on the main loop. */
final class DownstreamTls implements DownstreamTransport, CertificateInventory.Source {
    private static final String PATH = "typed_config.common_tls_context";

    private final TlsSettings settings;
    private final TlsContextSource source;
    private final boolean requireClient;
    private final TlsStats stats;
    private final Runnable onSecret;
    private volatile @Nullable Current current;

    private record Current(
            SslContext context, X509Certificate local, boolean validates, TlsContextSource.Material material) {}

    DownstreamTls(DownstreamTlsContext proto, TlsStats stats, SecretTable secrets, InitTargets init) {
        Fields.refuse(
                proto,
                "typed_config",
                "require_sni",
                "session_ticket_keys",
                "session_ticket_keys_sds_secret_config",
                "ocsp_staple_policy");
        this.settings = TlsSettings.compile(proto.getCommonTlsContext(), true, PATH);
        this.source = new TlsContextSource(proto.getCommonTlsContext(), PATH, secrets);
        this.requireClient = proto.getRequireClientCertificate().getValue();
        this.stats = stats;
        rebuild();
        Runnable arrived = current == null ? init.waitFor("secrets") : () -> {};
        this.onSecret = () -> {
            rebuild();
            if (current != null) {
                arrived.run();
            }
        };
        for (SdsSecretConfig config : source.wanted()) {
            secrets.watch(TlsContextSource.sourceOf(config), config.getName(), onSecret);
        }
    }

    private void rebuild() {
        TlsContextSource.Material material = source.material();
        if (material.identities() != null && material.rules() != null) {
            SslContext context = TlsContext.server(
                    settings, material.identities(), material.rules(), requireClient, stats.failures(), PATH);
            current = new Current(
                    context,
                    material.identities().getFirst().chain().getFirst(),
                    material.rules().demandsAnything(),
                    material);
        }
    }

    @Override
    public CertificateInventory.@Nullable Entry inventory() {
        Current now = current;
        return now == null ? null : source.inventory(now.material);
    }

    @Override
    public boolean ready() {
        return current != null;
    }

    @Override
    public void install(Channel channel) {
        Current now = current;
        if (now == null) {
            throw new IllegalStateException("no certificate yet");
        }
        SslHandler tls = now.context.newHandler(channel.alloc());
        tls.setHandshakeTimeoutMillis(0);
        tls.setCloseNotifyFlushTimeoutMillis(1000);
        channel.pipeline().addFirst(tls, new TlsHandshake(tls, stats, now.local, now.validates));
    }
}
