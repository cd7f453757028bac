package io.layar.proxy.filter.cors;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.stats.Counter;
import io.layar.proxy.http.FilterCallbacks;
import io.layar.proxy.http.HeadersStatus;
import io.layar.proxy.http.HttpFilter;
import io.layar.proxy.http.RouteConfigs;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Answers preflights and marks answers to cross-origin requests. Thread: event loop of the stream. */
final class CorsFilter implements HttpFilter {
    private static final String ALLOW_ORIGIN = "access-control-allow-origin";
    private static final String ALLOW_CREDENTIALS = "access-control-allow-credentials";
    private static final String REQUEST_METHOD = "access-control-request-method";

    private final Stats stats;
    private final RuntimeValues runtime;
    private final FilterCallbacks callbacks;
    private @Nullable CorsRules rules;
    private String origin = "";
    private boolean allowed;

    record Stats(Counter valid, Counter invalid) {}

    CorsFilter(Stats stats, RuntimeValues runtime, FilterCallbacks callbacks) {
        this.stats = stats;
        this.runtime = runtime;
        this.callbacks = callbacks;
    }

    @Override
    public HeadersStatus onRequestHeaders(HeaderMap headers, boolean end) {
        CorsRules policy = RouteConfigs.find(callbacks, CorsRules.class);
        String asked = headers.get("origin");
        if (policy == null || asked == null || asked.isEmpty()) {
            return HeadersStatus.CONTINUE;
        }
        long random = ThreadLocalRandom.current().nextLong();
        boolean enabled = policy.enabled() == null || policy.enabled().holds(runtime, random);
        boolean shadow = policy.shadow() != null && policy.shadow().holds(runtime, random);
        if (!enabled && !shadow) {
            return HeadersStatus.CONTINUE;
        }
        origin = asked;
        allowed = policy.allows(asked);
        (allowed ? stats.valid : stats.invalid).inc();
        if (!enabled) {
            return HeadersStatus.CONTINUE;
        }
        rules = policy;
        String method = headers.get(REQUEST_METHOD);
        boolean preflight = "OPTIONS".equals(headers.get(HeaderNames.METHOD)) && method != null && !method.isEmpty();
        if (!preflight || !allowed && policy.forwardOthers()) {
            return HeadersStatus.CONTINUE;
        }
        callbacks.sendHeaders(preflightAnswer(policy, headers), true, "cors_response");
        return HeadersStatus.STOP;
    }

    private HeaderMap preflightAnswer(CorsRules policy, HeaderMap request) {
        HeaderMap answer = new HeaderMap().add(HeaderNames.STATUS, "200");
        if (allowed) {
            answer.add(ALLOW_ORIGIN, origin);
        }
        if (policy.credentials()) {
            answer.add(ALLOW_CREDENTIALS, "true");
        }
        add(answer, "access-control-allow-methods", policy.texts().methods());
        add(answer, "access-control-allow-headers", policy.texts().headers());
        add(answer, "access-control-max-age", policy.texts().maxAge());
        if (policy.privateNetwork() && "true".equals(request.get("access-control-request-private-network"))) {
            answer.add("access-control-allow-private-network", "true");
        }
        return answer;
    }

    private static void add(HeaderMap answer, String name, String value) {
        if (!value.isEmpty()) {
            answer.add(name, value);
        }
    }

    @Override
    public HeadersStatus onResponseHeaders(HeaderMap headers, boolean end) {
        CorsRules policy = rules;
        if (policy == null || !allowed) {
            return HeadersStatus.CONTINUE;
        }
        headers.set(ALLOW_ORIGIN, origin);
        if (policy.credentials()) {
            headers.set(ALLOW_CREDENTIALS, "true");
        }
        if (!policy.texts().expose().isEmpty()) {
            headers.set("access-control-expose-headers", policy.texts().expose());
        }
        return HeadersStatus.CONTINUE;
    }
}
