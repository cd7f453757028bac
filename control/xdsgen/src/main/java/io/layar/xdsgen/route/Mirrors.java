package io.layar.xdsgen.route;

import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.config.route.v3.RouteAction.RequestMirrorPolicy;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import io.layar.config.networking.Destination;
import io.layar.config.networking.HTTPMirrorPolicy;
import io.layar.config.networking.HTTPRoute;
import io.layar.xdsgen.envoy.Protos;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies of requests: {@code mirror} with its percentage, and {@code mirrors}. */
final class Mirrors {
    private static final int EVERY_REQUEST = 100;

    private Mirrors() {}

    static List<RequestMirrorPolicy> of(HTTPRoute route, RouteContext context) {
        List<RequestMirrorPolicy> out = new ArrayList<>();
        if (route.mirror() != null) {
            add(route.mirror(), percentage(route), context, out);
        }
        for (HTTPMirrorPolicy mirror : route.mirrors()) {
            if (mirror.destination() != null) {
                FractionalPercent share = mirror.percentage() == null
                        ? Faults.whole(EVERY_REQUEST)
                        : mirror.percentage().value() > 0 ? Faults.fraction(mirror.percentage()) : null;
                add(mirror.destination(), share, context, out);
            }
        }
        return out;
    }

    /** Null when a percentage of zero switches the mirror off. */
    private static @Nullable FractionalPercent percentage(HTTPRoute route) {
        if (route.mirrorPercentage() != null) {
            return route.mirrorPercentage().value() > 0 ? Faults.fraction(route.mirrorPercentage()) : null;
        }
        if (route.mirrorPercent() != null) {
            return route.mirrorPercent() > 0 ? Faults.whole(route.mirrorPercent()) : null;
        }
        return Faults.whole(EVERY_REQUEST);
    }

    private static void add(
            Destination destination,
            @Nullable FractionalPercent share,
            RouteContext context,
            List<RequestMirrorPolicy> out) {
        if (share != null) {
            String cluster = Destinations.cluster(
                    destination, context.services().find(destination.host()), context.listenPort());
            out.add(RequestMirrorPolicy.newBuilder()
                    .setCluster(cluster)
                    .setRuntimeFraction(RuntimeFractionalPercent.newBuilder().setDefaultValue(share))
                    .setTraceSampled(Protos.FALSE)
                    .setDisableShadowHostSuffixAppend(true)
                    .build());
        }
    }
}
