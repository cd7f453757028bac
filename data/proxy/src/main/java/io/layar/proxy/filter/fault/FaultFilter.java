package io.layar.proxy.filter.fault;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.match.HeaderMatcher;
import io.layar.proxy.core.route.Route;
import io.layar.proxy.core.route.RouteAction;
import io.layar.proxy.core.route.RuntimeFraction;
import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.runtime.RuntimeValues.Fraction;
import io.layar.proxy.core.stream.ResponseFlag;
import io.layar.proxy.http.FilterCallbacks;
import io.layar.proxy.http.HeadersStatus;
import io.layar.proxy.http.HttpFilter;
import io.layar.proxy.http.RouteConfigs;
import io.layar.proxy.worker.Timer;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Delays a request, then aborts it, each by chance. Thread: event loop of the stream. */
final class FaultFilter implements HttpFilter {
    private static final String DELAY = "x-envoy-fault-delay-request";
    private static final String DELAY_SHARE = "x-envoy-fault-delay-request-percentage";
    private static final String ABORT = "x-envoy-fault-abort-request";
    private static final String ABORT_GRPC = "x-envoy-fault-abort-grpc-request";
    private static final String ABORT_SHARE = "x-envoy-fault-abort-request-percentage";

    private final FaultConfig ofChain;
    private final FaultStats stats;
    private final RuntimeValues runtime;
    private final FilterCallbacks callbacks;
    private boolean active;
    private @Nullable Timer timer;

    FaultFilter(FaultConfig ofChain, FaultStats stats, RuntimeValues runtime, FilterCallbacks callbacks) {
        this.ofChain = ofChain;
        this.stats = stats;
        this.runtime = runtime;
        this.callbacks = callbacks;
    }

    @Override
    public HeadersStatus onRequestHeaders(HeaderMap headers, boolean end) {
        FaultConfig config = RouteConfigs.specific(callbacks, FaultConfig.class, ofChain);
        if (!concerns(config.scope(), headers)) {
            return HeadersStatus.CONTINUE;
        }
        long delay = delay(config, headers);
        if (delay > 0 && enter(config)) {
            stats.delays().inc();
            callbacks.streamInfo().addFlag(ResponseFlag.DELAY_INJECTED);
            Timer wait = callbacks.worker().timer(() -> afterDelay(config, headers));
            timer = wait;
            wait.arm(delay);
            return HeadersStatus.STOP_AND_WATERMARK;
        }
        return abort(config, headers) ? HeadersStatus.STOP : HeadersStatus.CONTINUE;
    }

    private boolean concerns(FaultConfig.Scope scope, HeaderMap headers) {
        if (!scope.upstreamCluster().isEmpty()) {
            Route route = callbacks.route();
            RouteAction.Forward forward = route == null ? null : route.forward();
            if (forward == null || !forward.cluster().equals(scope.upstreamCluster())) {
                return false;
            }
        }
        if (!scope.downstreamNodes().isEmpty()) {
            String node = headers.get("x-envoy-downstream-service-node");
            if (node == null || !scope.downstreamNodes().contains(node)) {
                return false;
            }
        }
        return HeaderMatcher.allMatch(scope.headers(), headers);
    }

    private long delay(FaultConfig config, HeaderMap headers) {
        FaultConfig.Delay delay = config.delay();
        if (delay == null) {
            return 0;
        }
        if (delay.byHeader()) {
            long asked = number(headers.get(DELAY));
            return asked > 0 && chosen(capped(delay.share(), headers.get(DELAY_SHARE))) ? asked : 0;
        }
        return chosen(delay.share()) ? runtime.integer(delay.millisRuntime(), delay.millis()) : 0;
    }

    private void afterDelay(FaultConfig config, HeaderMap headers) {
        leave();
        if (!abort(config, headers)) {
            callbacks.continueRequest();
        }
    }

    /** Answers instead of the upstream; false when this request is spared. */
    private boolean abort(FaultConfig config, HeaderMap headers) {
        FaultConfig.Abort abort = config.abort();
        if (abort == null) {
            return false;
        }
        int status;
        int grpcStatus;
        RuntimeFraction share = abort.share();
        if (abort.byHeader()) {
            status = (int) number(headers.get(ABORT));
            status = status < 200 || status >= 600 ? -1 : status;
            grpcStatus = (int) number(headers.get(ABORT_GRPC));
            share = capped(share, headers.get(ABORT_SHARE));
        } else {
            FaultConfig.Codes codes = abort.codes();
            grpcStatus = (int) runtime.integer(codes.grpcRuntime(), codes.grpcStatus());
            status = (int) runtime.integer(codes.statusRuntime(), codes.status());
        }
        if (status < 0 && grpcStatus < 0 || !chosen(share) || !enter(config)) {
            return false;
        }
        leave();
        stats.aborts().inc();
        callbacks.streamInfo().addFlag(ResponseFlag.FAULT_INJECTED);
        callbacks.sendLocalReply(
                grpcStatus >= 0 ? 200 : status,
                "fault filter abort",
                null,
                grpcStatus >= 0 ? grpcStatus : FilterCallbacks.NO_GRPC_STATUS,
                "fault_filter_abort");
        return true;
    }

    private boolean chosen(RuntimeFraction share) {
        return share.holds(runtime, ThreadLocalRandom.current().nextLong());
    }

    /** A header may lower the share, never raise it. */
    private static RuntimeFraction capped(RuntimeFraction share, @Nullable String header) {
        long asked = number(header);
        if (asked < 0) {
            return share;
        }
        Fraction own = share.share();
        return new RuntimeFraction(
                share.runtimeKey(), new Fraction(Math.min(asked, own.numerator()), own.denominator()));
    }

    private static long number(@Nullable String text) {
        try {
            return text == null ? -1 : Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private boolean enter(FaultConfig config) {
        if (active) {
            return true;
        }
        if (stats.active().value() >= runtime.integer(config.maxActiveRuntime(), config.maxActive())) {
            stats.overflow().inc();
            return false;
        }
        active = true;
        stats.active().inc();
        return true;
    }

    private void leave() {
        if (active) {
            active = false;
            stats.active().dec();
        }
    }

    @Override
    public void onDestroy() {
        leave();
        Timer waiting = timer;
        if (waiting != null) {
            waiting.disarm();
        }
    }
}
