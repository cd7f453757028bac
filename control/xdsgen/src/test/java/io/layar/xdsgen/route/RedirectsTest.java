package io.layar.xdsgen.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.RedirectAction.RedirectResponseCode;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.layar.config.networking.HTTPRedirect;
import io.layar.config.networking.HTTPRedirect.RedirectPortSelection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectsTest {
    private static RedirectAction redirect(HTTPRedirect redirect, int listenPort, boolean tls) {
        Route.Builder route = Route.newBuilder();
        Redirects.redirect(redirect, listenPort, tls, route);
        return route.getRedirect();
    }

    @Test
    void withoutACodeItIsPermanent() {
        RedirectAction action = redirect(new HTTPRedirect("/new", "new.example", null, null, "", 0, ""), 80, false);
        assertThat(action.getResponseCode()).isEqualTo(RedirectResponseCode.MOVED_PERMANENTLY);
        assertThat(action.getHostRedirect()).isEqualTo("new.example");
        assertThat(action.getPathRedirect()).isEqualTo("/new");
    }

    @ParameterizedTest
    @CsvSource({"8080, false, '', 8080", "80, false, '', 0", "443, true, '', 0", "80, false, https, 80"})
    void thePortOfTheRequestIsNamedUnlessTheSchemeImpliesIt(int listen, boolean tls, String scheme, int port) {
        HTTPRedirect redirect =
                new HTTPRedirect("", "", null, RedirectPortSelection.FROM_REQUEST_PORT, scheme, 302, "");
        assertThat(redirect(redirect, listen, tls).getPortRedirect()).isEqualTo(port);
    }

    @Test
    void aStatusThatIsNoRedirectMakesNone() {
        Route.Builder route = Route.newBuilder();
        Redirects.redirect(new HTTPRedirect("", "", null, null, "", 200, ""), 80, false, route);
        assertThat(route.hasRedirect()).isFalse();
    }
}
