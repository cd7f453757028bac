package io.layar.xdsgen.route;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.RedirectAction.RedirectResponseCode;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.layar.config.networking.HTTPDirectResponse;
import io.layar.config.networking.HTTPRedirect;
import org.jspecify.annotations.Nullable;

/** Routes that the proxy answers on its own: {@code HTTPRedirect} and {@code HTTPDirectResponse}. */
final class Redirects {
    private Redirects() {}

    /** Leaves the route without an action when the status is none that Envoy redirects with. */
    static void redirect(HTTPRedirect redirect, int listenPort, boolean tls, Route.Builder route) {
        RedirectResponseCode code = code(redirect.redirectCode());
        if (code == null) {
            return;
        }
        RedirectAction.Builder action = RedirectAction.newBuilder()
                .setHostRedirect(redirect.authority())
                .setResponseCode(code);
        if (redirect.prefixRewrite().isEmpty()) {
            action.setPathRedirect(redirect.uri());
        } else {
            action.setPrefixRewrite(redirect.prefixRewrite());
        }
        if (!redirect.scheme().isEmpty()) {
            action.setSchemeRedirect(redirect.scheme());
        }
        action.setPortRedirect(port(redirect, listenPort, tls));
        route.setRedirect(action);
    }

    /** 0 where the scheme's own port is meant: an explicit :80 or :443 would only clutter the URL. */
    private static int port(HTTPRedirect redirect, int listenPort, boolean tls) {
        int port = 0;
        if (redirect.port() != null) {
            port = redirect.port();
        } else if (redirect.derivePort() == HTTPRedirect.RedirectPortSelection.FROM_REQUEST_PORT) {
            // Envoy cannot take the port of the request; the route is made for one port, so that port is it.
            port = listenPort;
        }
        String scheme = redirect.scheme().isEmpty() ? (tls ? "https" : "http") : redirect.scheme();
        boolean usual = (port == 80 && scheme.equals("http")) || (port == 443 && scheme.equals("https"));
        return usual ? 0 : port;
    }

    private static @Nullable RedirectResponseCode code(int status) {
        return switch (status) {
            case 0, 301 -> RedirectResponseCode.MOVED_PERMANENTLY;
            case 302 -> RedirectResponseCode.FOUND;
            case 303 -> RedirectResponseCode.SEE_OTHER;
            case 307 -> RedirectResponseCode.TEMPORARY_REDIRECT;
            case 308 -> RedirectResponseCode.PERMANENT_REDIRECT;
            default -> null;
        };
    }

    static void directResponse(HTTPDirectResponse response, Route.Builder route) {
        DirectResponseAction.Builder action = DirectResponseAction.newBuilder().setStatus(response.status());
        if (response.body() != null) {
            if (response.body().string() != null) {
                action.setBody(
                        DataSource.newBuilder().setInlineString(response.body().string()));
            } else if (response.body().bytes() != null) {
                action.setBody(DataSource.newBuilder()
                        .setInlineBytes(
                                ByteString.copyFrom(response.body().bytes().toByteArray())));
            }
        }
        route.setDirectResponse(action);
    }
}
