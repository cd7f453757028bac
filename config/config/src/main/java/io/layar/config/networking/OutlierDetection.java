package io.layar.config.networking;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Elements;
import io.layar.config.decode.Limits;
import io.layar.config.decode.Unsigned;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When an endpoint that fails is taken out for a while. Units: percentages 0 to 100. */
public record OutlierDetection(
        int consecutiveErrors,
        boolean splitExternalLocalOriginErrors,
        @Unsigned @Nullable Integer consecutiveLocalOriginFailures,
        @Unsigned @Nullable Integer consecutiveGatewayErrors,
        @Unsigned @Nullable Integer consecutive5xxErrors,
        @Limits(atLeastOneMillisecond = true) @Nullable Duration interval,
        @Limits(atLeastOneMillisecond = true) @Nullable Duration baseEjectionTime,
        int maxEjectionPercent,
        int minHealthPercent,
        @Elements(min = 100, max = 599) @Unsigned ImmutableList<Integer> outlierDetectionHttpErrorCodes) {}
