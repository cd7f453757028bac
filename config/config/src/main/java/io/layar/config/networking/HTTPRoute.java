package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
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
        @Nullable Duration timeout,
        @Nullable HTTPRetry retries,
        @Nullable HTTPFaultInjection fault,
        @Nullable Destination mirror,
        ImmutableList<HTTPMirrorPolicy> mirrors,
        @Unsigned @Nullable Integer mirrorPercent,
        @Nullable Percent mirrorPercentage,
        @Nullable CorsPolicy corsPolicy,
        @Nullable Headers headers) {}
