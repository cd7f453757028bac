package io.layar.xds.server;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** TLS of a server from PEM files. With roots a client may show a certificate, which then must be signed by one of them. */
public final class TlsFiles {
    private TlsFiles() {}

    /** Errors: {@link IOException} if a file cannot be read or does not hold what it should. */
    public static SslContext context(Path certificate, Path key, @Nullable Path roots) throws IOException {
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(certificate.toFile(), key.toFile());
            if (roots != null) {
                builder.trustManager(roots.toFile()).clientAuth(ClientAuth.OPTIONAL);
            }
            return GrpcSslContexts.configure(builder).build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IOException("cannot use " + certificate + " and " + key + ": " + e.getMessage(), e);
        }
    }
}
