package io.layar.proxy.transport;

import io.layar.proxy.core.config.ConfigRejected;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Builds Netty's TLS contexts: BoringSSL where its library loads, else the JDK's. Thread: main loop. */
final class TlsContext {
    private TlsContext() {}

    static SslContext server(
            TlsSettings settings,
            List<Identity> identities,
            PeerRules rules,
            boolean requireClient,
            PeerVerifier.Failures failures,
            String path) {
        if (identities.isEmpty()) {
            throw new ConfigRejected(path, "No TLS certificates found for server context");
        }
        SslContextBuilder builder;
        if (identities.size() == 1) {
            builder = SslContextBuilder.forServer(identities.getFirst().key(), chain(identities.getFirst()));
        } else {
            builder = SslContextBuilder.forServer(new IdentityChoice(identities));
        }
        boolean asks = requireClient || rules.demandsAnything();
        builder.clientAuth(requireClient ? ClientAuth.REQUIRE : asks ? ClientAuth.OPTIONAL : ClientAuth.NONE);
        return build(builder, settings, rules, failures, path);
    }

    static SslContext client(
            TlsSettings settings,
            @Nullable Identity identity,
            PeerRules rules,
            PeerVerifier.Failures failures,
            String path) {
        SslContextBuilder builder = SslContextBuilder.forClient().endpointIdentificationAlgorithm(null);
        if (identity != null) {
            builder.keyManager(identity.key(), chain(identity));
        }
        return build(builder, settings, rules, failures, path);
    }

    private static X509Certificate[] chain(Identity identity) {
        return identity.chain().toArray(X509Certificate[]::new);
    }

    private static SslContext build(
            SslContextBuilder builder,
            TlsSettings settings,
            PeerRules rules,
            PeerVerifier.Failures failures,
            String path) {
        boolean openSsl = OpenSsl.isAvailable();
        builder.sslProvider(openSsl ? SslProvider.OPENSSL : SslProvider.JDK)
                .protocols(settings.versions())
                .trustManager(new PeerVerifier(rules, failures));
        if (openSsl) {
            builder.ciphers(settings.ciphers());
            builder.option(OpenSslContextOption.GROUPS, settings.curves().toArray(String[]::new));
        }
        if (!settings.protocols().isEmpty()) {
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    settings.protocols()));
        }
        try {
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new ConfigRejected(path, "Failed to initialize TLS context: " + e.getMessage());
        }
    }
}
