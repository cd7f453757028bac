package io.layar.proxy.transport;

import io.layar.proxy.core.config.ConfigRejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/** The operating system's trusted roots. */
final class SystemRoots {
    private static final List<String> PLACES = List.of(
            "/etc/ssl/certs/ca-certificates.crt",
            "/etc/pki/tls/certs/ca-bundle.crt",
            "/etc/ssl/cert.pem",
            "/etc/ssl/ca-bundle.pem");

    private SystemRoots() {}

    static List<X509Certificate> load(String path) {
        for (String place : PLACES) {
            if (Files.isReadable(Path.of(place))) {
                try {
                    return Pem.certificates(Files.readAllBytes(Path.of(place)), path);
                } catch (IOException e) {
                    throw new ConfigRejected(path, "unable to read file: " + place);
                }
            }
        }
        throw new ConfigRejected(path, "no system root certificates found");
    }
}
