package io.layar.xdsgen.route;

import io.envoyproxy.envoy.extensions.filters.common.fault.v3.FaultDelay;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.FaultAbort;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import io.layar.config.networking.HTTPFaultInjection;
import io.layar.config.networking.Percent;
import io.layar.xdsgen.envoy.Protos;

/** {@code HTTPFaultInjection} in Envoy's terms. */
final class Faults {
    private static final int PARTS_PER_PERCENT = 10_000;

    private Faults() {}

    static HTTPFault translate(HTTPFaultInjection fault) {
        HTTPFault.Builder out = HTTPFault.newBuilder();
        HTTPFaultInjection.Delay delay = fault.delay();
        if (delay != null && delay.fixedDelay() != null) {
            out.setDelay(FaultDelay.newBuilder()
                    .setFixedDelay(Protos.duration(delay.fixedDelay()))
                    .setPercentage(delay.percentage() == null ? whole(delay.percent()) : fraction(delay.percentage())));
        }
        if (fault.abort() != null) {
            abort(fault.abort(), out);
        }
        return out.build();
    }

    private static void abort(HTTPFaultInjection.Abort abort, HTTPFault.Builder out) {
        FaultAbort.Builder to = FaultAbort.newBuilder();
        if (abort.httpStatus() != null) {
            to.setHttpStatus(abort.httpStatus());
        } else if (abort.grpcStatus() != null) {
            to.setGrpcStatus(StatusCodes.grpc(abort.grpcStatus()));
        } else {
            return;
        }
        if (abort.percentage() != null) {
            to.setPercentage(fraction(abort.percentage()));
        }
        out.setAbort(to);
    }

    /** Of a million, cut off and not rounded. */
    static FractionalPercent fraction(Percent percent) {
        return FractionalPercent.newBuilder()
                .setNumerator((int) (percent.value() * PARTS_PER_PERCENT))
                .setDenominator(FractionalPercent.DenominatorType.MILLION)
                .build();
    }

    static FractionalPercent whole(int percent) {
        return FractionalPercent.newBuilder().setNumerator(percent).build();
    }
}
