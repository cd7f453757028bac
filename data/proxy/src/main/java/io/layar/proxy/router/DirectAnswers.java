package io.layar.proxy.router;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.route.Route;
import io.layar.proxy.core.route.RouteAction;
import io.layar.proxy.http.FilterCallbacks;

/** Routes that answer by themselves. */
final class DirectAnswers {
    private static final String DETAILS = "direct_response";

    private DirectAnswers() {}

    static void redirect(RouterFilter router, Route route, RouteAction.Redirecting action, RouterConfig config) {
        config.stats().directResponse().inc();
        HeaderMap headers = router.requestHeaders();
        route.rewriteForRedirect(headers, !config.suppressEnvoyHeaders());
        boolean hasPath = headers.contains(HeaderNames.PATH);
        FilterCallbacks callbacks = router.callbacks();
        callbacks.sendLocalReply(
                action.redirect().status(),
                "",
                answer -> {
                    if (hasPath) {
                        answer.add("location", action.redirect().location(headers));
                    }
                    route.finalizeResponse(headers, answer, callbacks.streamInfo());
                },
                FilterCallbacks.NO_GRPC_STATUS,
                DETAILS);
    }

    static void respond(RouterFilter router, Route route, RouteAction.Responding action, RouterConfig config) {
        config.stats().directResponse().inc();
        FilterCallbacks callbacks = router.callbacks();
        callbacks.sendLocalReply(
                action.status(),
                action.body(),
                answer -> route.finalizeResponse(router.requestHeaders(), answer, callbacks.streamInfo()),
                FilterCallbacks.NO_GRPC_STATUS,
                DETAILS);
    }
}
