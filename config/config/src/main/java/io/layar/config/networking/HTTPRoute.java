package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Limits;
import io.layar.config.decode.Records;
import io.layar.config.decode.Unsigned;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One HTTP route: when it matches and all that is done with the request. */
public record HTTPRoute(
        String name,
        ImmutableList<HTTPMatchRequest> match,
        ImmutableList<HTTPRouteDestination> route,
        @Nullable HTTPRedirect redirect,
        @Nullable HTTPDirectResponse directResponse,
        @Nullable Delegate delegate,
        @Nullable HTTPRewrite rewrite,
        @Limits(atLeastOneMillisecond = true) @Nullable Duration timeout,
        @Nullable HTTPRetry retries,
        @Nullable HTTPFaultInjection fault,
        @Nullable Destination mirror,
        ImmutableList<HTTPMirrorPolicy> mirrors,
        @Unsigned @Nullable Integer mirrorPercent,
        @Nullable Percent mirrorPercentage,
        @Nullable CorsPolicy corsPolicy,
        @Nullable Headers headers) {
    public HTTPRoute withName(String name) {
        return Records.with(this, "name", name);
    }

    public HTTPRoute withMatch(ImmutableList<HTTPMatchRequest> match) {
        return Records.with(this, "match", match);
    }

    public HTTPRoute withRoute(ImmutableList<HTTPRouteDestination> route) {
        return Records.with(this, "route", route);
    }

    public HTTPRoute withRedirect(@Nullable HTTPRedirect redirect) {
        return Records.with(this, "redirect", redirect);
    }

    public HTTPRoute withDirectResponse(@Nullable HTTPDirectResponse directResponse) {
        return Records.with(this, "directResponse", directResponse);
    }

    public HTTPRoute withDelegate(@Nullable Delegate delegate) {
        return Records.with(this, "delegate", delegate);
    }

    public HTTPRoute withRewrite(@Nullable HTTPRewrite rewrite) {
        return Records.with(this, "rewrite", rewrite);
    }

    public HTTPRoute withTimeout(@Nullable Duration timeout) {
        return Records.with(this, "timeout", timeout);
    }

    public HTTPRoute withRetries(@Nullable HTTPRetry retries) {
        return Records.with(this, "retries", retries);
    }

    public HTTPRoute withFault(@Nullable HTTPFaultInjection fault) {
        return Records.with(this, "fault", fault);
    }

    public HTTPRoute withMirror(@Nullable Destination mirror) {
        return Records.with(this, "mirror", mirror);
    }

    public HTTPRoute withMirrors(ImmutableList<HTTPMirrorPolicy> mirrors) {
        return Records.with(this, "mirrors", mirrors);
    }

    public HTTPRoute withMirrorPercent(@Nullable Integer mirrorPercent) {
        return Records.with(this, "mirrorPercent", mirrorPercent);
    }

    public HTTPRoute withMirrorPercentage(@Nullable Percent mirrorPercentage) {
        return Records.with(this, "mirrorPercentage", mirrorPercentage);
    }

    public HTTPRoute withCorsPolicy(@Nullable CorsPolicy corsPolicy) {
        return Records.with(this, "corsPolicy", corsPolicy);
    }

    public HTTPRoute withHeaders(@Nullable Headers headers) {
        return Records.with(this, "headers", headers);
    }
}
