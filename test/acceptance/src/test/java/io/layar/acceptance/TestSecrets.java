package io.layar.acceptance;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import io.layar.xds.ResourceSet;
import io.layar.xds.Subscription;
import io.layar.xds.TypeUrl;
import io.layar.xds.XdsResource;
import io.layar.xds.server.Offer;
import io.layar.xds.server.XdsApplication;
import io.layar.xds.server.XdsServer;
import io.layar.xds.server.XdsServerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** Serves one certificate of its own making under every name: what a proxy's agent does, as far as warming goes. */
final class TestSecrets {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final ByteString chain;
    private final ByteString key;

    private TestSecrets(ByteString chain, ByteString key) {
        this.chain = chain;
        this.key = key;
    }

    static TestSecrets make(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        Path store = folder.resolve("secrets.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "SAN=URI:spiffe://cluster.local/ns/default/sa/default",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return new TestSecrets(
                pem("CERTIFICATE", keys.getCertificate("own").getEncoded()),
                pem("PRIVATE KEY", keys.getKey("own", PASSWORD).getEncoded()));
    }

    private static ByteString pem(String kind, byte[] bytes) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return ByteString.copyFromUtf8("-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
    }

    private static DataSource inline(ByteString bytes) {
        return DataSource.newBuilder().setInlineBytes(bytes).build();
    }

    private XdsResource secret(String name) {
        Secret.Builder secret = Secret.newBuilder().setName(name);
        if (name.equals("ROOTCA") || name.endsWith("-cacert") || name.startsWith("file-root:")) {
            secret.setValidationContext(
                    CertificateValidationContext.newBuilder().setTrustedCa(inline(chain)));
        } else {
            secret.setTlsCertificate(TlsCertificate.newBuilder()
                    .setCertificateChain(inline(chain))
                    .setPrivateKey(inline(key)));
        }
        return XdsResource.of(name, secret.build());
    }

    /** An SDS server; port 0 in the address takes a free one. */
    XdsServer serve() throws IOException {
        return XdsServer.start(
                info -> new XdsApplication.Client() {
                    @Override
                    public Offer resources(TypeUrl type, Subscription subscription) {
                        return new Offer(
                                ResourceSet.of(subscription.names().stream()
                                        .map(TestSecrets.this::secret)
                                        .toList()),
                                "1");
                    }

                    @Override
                    public void closed() {}
                },
                List.of(XdsServerSettings.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))));
    }
}
