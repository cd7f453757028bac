package io.layar.mesh.scope;

import io.layar.config.networking.Destination;
import io.layar.config.networking.HTTPMatchRequest;
import io.layar.config.networking.HTTPRoute;
import io.layar.config.networking.VirtualService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The hosts that a VirtualService sends traffic to, with the ports; port 0 stands for a destination that names none. */
public final class VirtualServiceDestinations {
    private final Map<String, Set<Integer>> portsByHost = new LinkedHashMap<>();

    private VirtualServiceDestinations() {}

    /** @param clientNamespace routes for other source namespaces do not count; empty to count all */
    public static Map<String, Set<Integer>> of(VirtualService service, String clientNamespace) {
        VirtualServiceDestinations out = new VirtualServiceDestinations();
        for (HTTPRoute route : service.http()) {
            if (clientNamespace.isEmpty() || isFor(route.match(), clientNamespace)) {
                route.route().forEach(r -> out.add(r.destination()));
                out.add(route.mirror());
                route.mirrors().forEach(m -> out.add(m.destination()));
            }
        }
        service.tcp().forEach(t -> t.route().forEach(r -> out.add(r.destination())));
        service.tls().forEach(t -> t.route().forEach(r -> out.add(r.destination())));
        return out.portsByHost;
    }

    private static boolean isFor(List<HTTPMatchRequest> matches, String namespace) {
        boolean other = false;
        for (HTTPMatchRequest match : matches) {
            if (match.sourceNamespace().equals(namespace)) {
                return true;
            }
            other |= !match.sourceNamespace().isEmpty();
        }
        return !other;
    }

    private void add(@Nullable Destination destination) {
        if (destination != null) {
            portsByHost
                    .computeIfAbsent(destination.host(), k -> new TreeSet<>())
                    .add(destination.port() == null ? 0 : destination.port().number());
        }
    }
}
