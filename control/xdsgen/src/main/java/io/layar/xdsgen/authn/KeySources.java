package io.layar.xdsgen.authn;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.HttpUri;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.RemoteJwks;
import io.layar.config.security.JWTRule;
import io.layar.xdsgen.envoy.ClusterNames;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.telemetry.Providers;
import io.layar.xdsgen.telemetry.Providers.ServiceLookup;
import io.layar.xdsgen.telemetry.Providers.Target;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys come from that verify tokens.
 *
 * <p>Errors: keys that are not to be had are replaced by one whose private half nobody has, so that no token passes.
 */
final class KeySources {
    private static final Duration DEFAULT_TIMEOUT = Protos.seconds(5);
    private static final long CACHE_SECONDS = 300;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    /** Its private half was thrown away when it was made. */
    private static final String UNUSABLE_KEYS = """
        {
          "keys": [
            {
              "kty": "RSA",
              "e": "AQAB",
              "n": "0xObjM0UvS_oaazjpEYlAbwctEJ4L8pH3OuTb7qth7gUwqet-EzQB4dgFdvSdMgrLnSncQGRjpEYz3F3viIbH-3EN3TxSlPNviHxeOdyi\
        BVfumN8dMxbLvVJUpfNOnvmMxJcl-8NNjAwcOjk4otSALaYgYYyOPyvKtgVdrQr-FoubWX4yrjxW-MJ2-7OBeepUUNOsVwGV23YX03sVkkyvY3otRfl\
        kBcY3_HKpBxJl9wk2GyOShN4_PNUF9-vwfnvOXMbCDX-w4PTef4geeb_GiT40YCKHTKMSPVanGRn5GExIWmki-mmqh94-mPTJyBR74ShspL3BxPZitDL\
        574T1w"
            }
          ]
        }\
        """;

    private final Fetching fetching;
    private final ServiceLookup services;

    /** Who fetches keys from an address. */
    enum Fetching {
        CONTROL_PLANE,
        PROXY_IF_IN_MESH,
        PROXY;

        static Fetching of(String setting) {
            return switch (setting) {
                case "true", "hybrid" -> PROXY_IF_IN_MESH;
                case "envoy" -> PROXY;
                default -> CONTROL_PLANE;
            };
        }
    }

    KeySources(Fetching fetching, ServiceLookup services) {
        this.fetching = fetching;
        this.services = services;
    }

    void set(JWTRule rule, JwtProvider.Builder provider) {
        String uri = rule.jwksUri();
        Server server = fetching == Fetching.CONTROL_PLANE || uri.isEmpty() ? null : server(uri);
        Target target = server == null || server.host().isEmpty()
                ? null
                : Providers.target(server.host(), server.port(), services);
        if (target != null) {
            provider.setRemoteJwks(remote(rule, target.cluster()));
        } else if (server != null && fetching == Fetching.PROXY) {
            provider.setRemoteJwks(remote(rule, ClusterNames.outbound(server.port(), "", server.host())));
        } else {
            String keys = server != null || rule.jwks().isEmpty() ? UNUSABLE_KEYS : rule.jwks();
            provider.setLocalJwks(DataSource.newBuilder().setInlineString(keys));
        }
    }

    private record Server(String host, int port) {}

    private static Server server(String uri) {
        try {
            URI parsed = new URI(uri);
            String host = parsed.getHost() == null ? "" : parsed.getHost();
            int usual = "https".equals(parsed.getScheme()) ? HTTPS_PORT : HTTP_PORT;
            return new Server(host, parsed.getPort() < 0 ? usual : parsed.getPort());
        } catch (URISyntaxException e) {
            return new Server("", 0);
        }
    }

    private static RemoteJwks remote(JWTRule rule, String cluster) {
        java.time.@Nullable Duration timeout = rule.timeout();
        return RemoteJwks.newBuilder()
                .setHttpUri(HttpUri.newBuilder()
                        .setUri(rule.jwksUri())
                        .setCluster(cluster)
                        .setTimeout(timeout == null ? DEFAULT_TIMEOUT : Protos.duration(timeout)))
                .setCacheDuration(Protos.seconds(CACHE_SECONDS))
                .build();
    }
}
