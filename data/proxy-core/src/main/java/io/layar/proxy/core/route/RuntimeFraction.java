package io.layar.proxy.core.route;

import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.runtime.RuntimeValues.Fraction;

/** A share of requests that a runtime key may override. Thread: any (immutable). */
public record RuntimeFraction(String runtimeKey, Fraction share) {
    public static RuntimeFraction of(RuntimeFractionalPercent proto) {
        return new RuntimeFraction(proto.getRuntimeKey(), fraction(proto.getDefaultValue()));
    }

    public static Fraction fraction(FractionalPercent value) {
        long denominator = switch (value.getDenominator()) {
            case HUNDRED, UNRECOGNIZED -> 100;
            case TEN_THOUSAND -> 10_000;
            case MILLION -> 1_000_000;
        };
        return new Fraction(Integer.toUnsignedLong(value.getNumerator()), denominator);
    }

    /** Whether the request with that random number belongs to the share. */
    public boolean holds(RuntimeValues runtime, long random) {
        return runtime.featureEnabled(runtimeKey, share, random);
    }
}
