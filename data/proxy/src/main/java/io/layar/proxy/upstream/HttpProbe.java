package io.layar.proxy.upstream;

import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.layar.proxy.codec.RequestSender;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.core.health.HealthCheckConfig;
import io.layar.proxy.core.health.HealthCheckConfig.Probe;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.match.StringMatcher;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One HTTP health check. Thread: main loop. */
final class HttpProbe implements ProbeConnection.Request {
    private static final String USER_AGENT = "Envoy/HC";
    private static final String SERVICE = "x-envoy-upstream-healthchecked-cluster";
    private static final String DEGRADED = "x-envoy-degraded";
    private static final String IMMEDIATE_FAIL = "x-envoy-immediate-health-check-fail";

    private final Probe.Http probe;
    private final Target target;
    private final Consumer<Consumer<ProbeResult>> finish;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable HeaderMap headers;

    /** Who is asked. Shape: {@code authority} is the host header where the check names none. */
    record Target(ClientCodecs codecs, String authority, boolean secure) {}

    private HttpProbe(Probe.Http probe, Target target, Consumer<Consumer<ProbeResult>> finish) {
        this.probe = probe;
        this.target = target;
        this.finish = finish;
    }

    static HttpProbe of(Probe.Http probe, Target target, Consumer<Consumer<ProbeResult>> finish) {
        return new HttpProbe(probe, target, finish);
    }

    @Override
    public void send(RequestSender sender) {
        HeaderMap request = new HeaderMap();
        request.add(HeaderNames.METHOD, probe.method());
        request.add(HeaderNames.PATH, probe.path());
        request.add(HeaderNames.SCHEME, target.secure() ? "https" : "http");
        request.add(HeaderNames.AUTHORITY, probe.host().isEmpty() ? target.authority() : probe.host());
        request.add(HeaderNames.USER_AGENT, USER_AGENT);
        addAll(request, probe.headersToAdd());
        probe.headersToRemove().forEach(request::remove);
        boolean withBody = probe.send().length > 0;
        if (withBody) {
            request.add(HeaderNames.CONTENT_LENGTH, Integer.toString(probe.send().length));
        }
        sender.sendHeaders(request, !withBody);
        if (withBody) {
            sender.sendData(Unpooled.wrappedBuffer(probe.send()), true);
        }
    }

    static void addAll(HeaderMap request, List<HeaderValueOption> more) {
        for (HeaderValueOption option : more) {
            String name = option.getHeader().getKey().toLowerCase(Locale.ROOT);
            switch (option.getAppendAction()) {
                case OVERWRITE_IF_EXISTS_OR_ADD ->
                    request.set(name, option.getHeader().getValue());
                case ADD_IF_ABSENT -> {
                    if (!request.contains(name)) {
                        request.add(name, option.getHeader().getValue());
                    }
                }
                case OVERWRITE_IF_EXISTS -> {
                    if (request.contains(name)) {
                        request.set(name, option.getHeader().getValue());
                    }
                }
                case APPEND_IF_EXISTS_OR_ADD, UNRECOGNIZED ->
                    request.add(name, option.getHeader().getValue());
            }
        }
    }

    @Override
    public void onInformational(HeaderMap informational) {
        // Only the final answer counts.
    }

    @Override
    public void onHeaders(HeaderMap response, boolean endStream) {
        headers = response;
        if (endStream) {
            judge();
        }
    }

    @Override
    public void onData(ByteBuf data, boolean endStream) {
        if (body.size() < 64 * 1024) {
            body.writeBytes(ByteBufUtil.getBytes(data));
        }
        data.release();
        if (endStream) {
            judge();
        }
    }

    @Override
    public void onTrailers(HeaderMap trailers) {
        judge();
    }

    @Override
    public void onReset(ResetReason reason, String details) {
        finish.accept(ProbeResult::onBroken);
    }

    @Override
    public void onWritabilityChanged(boolean writable) {
        // A probe fits into any buffer.
    }

    private void judge() {
        HeaderMap response = headers;
        if (response == null) {
            finish.accept(ProbeResult::onBroken);
            return;
        }
        int status = Integer.parseInt(String.valueOf(response.get(HeaderNames.STATUS)));
        if (in(probe.retriable(), status) && !in(probe.expected(), status)) {
            finish.accept(result -> result.onUnhealthy(true));
        } else if (!in(probe.expected(), status)
                || !ProbeConnection.contains(body.toByteArray(), probe.receive())
                || !serviceMatches(response)) {
            finish.accept(result -> result.onUnhealthy(false));
        } else {
            boolean degraded = response.contains(DEGRADED);
            boolean immediateFail = response.contains(IMMEDIATE_FAIL);
            finish.accept(result -> result.onHealthy(degraded, immediateFail));
        }
    }

    private static boolean in(List<HealthCheckConfig.Range> ranges, int status) {
        for (HealthCheckConfig.Range range : ranges) {
            if (range.contains(status)) {
                return true;
            }
        }
        return false;
    }

    private boolean serviceMatches(HeaderMap response) {
        if (probe.serviceName() == null) {
            return true;
        }
        String service = response.get(SERVICE);
        return service != null
                && StringMatcher.compile(probe.serviceName(), "service_name_matcher")
                        .matches(service);
    }
}
