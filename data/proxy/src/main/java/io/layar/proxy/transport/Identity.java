package io.layar.proxy.transport;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Fields;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** A certificate chain, leaf first, with its key. Thread: any (immutable). */
record Identity(List<X509Certificate> chain, PrivateKey key) {
    static Identity compile(TlsCertificate proto, String path) {
        Fields.onlySupported(proto, path, "certificate_chain", "private_key", "watched_directory");
        if (!proto.hasCertificateChain() || !proto.hasPrivateKey()) {
            throw new ConfigRejected(
                    path, "Failed to load incomplete certificate: certificate chain and private key are required");
        }
        List<X509Certificate> chain = Pem.certificates(
                DataSources.read(proto.getCertificateChain(), path + ".certificate_chain"),
                path + ".certificate_chain");
        if (chain.isEmpty()) {
            throw new ConfigRejected(path + ".certificate_chain", "Failed to load certificate chain");
        }
        PrivateKey key =
                Pem.privateKey(DataSources.read(proto.getPrivateKey(), path + ".private_key"), path + ".private_key");
        if (!key.getAlgorithm().equals(chain.getFirst().getPublicKey().getAlgorithm())) {
            throw new ConfigRejected(
                    path + ".private_key", "Failed to load private key: it does not fit the certificate");
        }
        return new Identity(chain, key);
    }
}
