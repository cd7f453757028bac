package io.layar.proxy.transport;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Several server certificates: the first of the wanted key type whose names fit the SNI, else the first of that type. Aliases are positions. Thread: any.
 */
final class IdentityChoice extends X509ExtendedKeyManager {
    private final List<Identity> identities;

    IdentityChoice(List<Identity> identities) {
        this.identities = identities;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        String algorithm = keyType.startsWith("EC") ? "EC" : keyType.startsWith("RSA") ? "RSA" : keyType;
        String sni = sniOf(engine);
        String first = null;
        for (int i = 0; i < identities.size(); i++) {
            X509Certificate leaf = identities.get(i).chain().getFirst();
            if (!leaf.getPublicKey().getAlgorithm().equals(algorithm)) {
                continue;
            }
            if (sni != null
                    && CertificateNames.of(leaf, CertificateNames.DNS).stream()
                            .anyMatch(name -> SanRule.dnsMatches(sni, name))) {
                return Integer.toString(i);
            }
            first = first == null ? Integer.toString(i) : first;
        }
        return first;
    }

    private static @Nullable String sniOf(SSLEngine engine) {
        if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
            for (SNIServerName name : session.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName();
                }
            }
        }
        return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return identities.get(Integer.parseInt(alias)).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return identities.get(Integer.parseInt(alias)).key();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }
}
