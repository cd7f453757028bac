package io.layar.xdsgen.envoyfilter;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSetMultimap;
import io.envoyproxy.envoy.config.route.v3.RouteOrBuilder;
import io.envoyproxy.envoy.config.route.v3.VirtualHostOrBuilder;
import io.layar.config.networking.EnvoyFilter.PatchContext;
import io.layar.config.networking.EnvoyFilter.RouteConfigurationMatch;
import io.layar.config.networking.EnvoyFilter.RouteConfigurationMatch.RouteMatch;
import io.layar.config.networking.EnvoyFilter.RouteConfigurationMatch.VirtualHostMatch;
import io.layar.xdsgen.envoy.ClusterNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which route configuration, virtual host and route a patch is for. */
final class RouteMatches {
    private final PatchContext context;
    private final ImmutableSetMultimap<Integer, Integer> gatewayPorts;

    RouteMatches(PatchContext context, ImmutableSetMultimap<Integer, Integer> gatewayPorts) {
        this.context = context;
        this.gatewayPorts = gatewayPorts;
    }

    /** The parts of a gateway's route configuration name; 0 and empty where there are none. */
    private record GatewayName(int port, String portName, String gateway) {
        static GatewayName parse(String name) {
            if (name.startsWith("http.")) {
                return new GatewayName(number(name.substring("http.".length())), "", "");
            }
            List<String> parts = Splitter.on('.').splitToList(name);
            return name.startsWith("https.") && parts.size() == 5
                    ? new GatewayName(number(parts.get(1)), parts.get(2), parts.get(4) + "/" + parts.get(3))
                    : new GatewayName(0, "", "");
        }
    }

    private static int number(String text) {
        return !text.isEmpty() && text.length() < 6 && text.chars().allMatch(Character::isDigit)
                ? Integer.parseInt(text)
                : 0;
    }

    private static @Nullable RouteConfigurationMatch match(Patch patch) {
        return patch.match() == null ? null : patch.match().routeConfiguration();
    }

    boolean configuration(String name, Patch patch) {
        RouteConfigurationMatch match = match(patch);
        if (match == null) {
            return true;
        }
        if (!match.name().isEmpty() && !match.name().equals(name)) {
            return false;
        }
        if (context != PatchContext.GATEWAY) {
            return match.portNumber() == 0 || match.portNumber() == port(name);
        }
        GatewayName parts = GatewayName.parse(name);
        return (match.portName().isEmpty() || match.portName().equals(parts.portName()))
                && (match.gateway().isEmpty() || match.gateway().equals(parts.gateway()))
                && (match.portNumber() == 0 || isPort(parts.port(), match.portNumber()));
    }

    private static int port(String name) {
        ClusterNames.Parts inbound = name.startsWith("inbound") ? ClusterNames.parse(name) : null;
        return inbound == null ? number(name) : inbound.port();
    }

    private boolean isPort(int listened, int wanted) {
        return gatewayPorts.containsKey(listened) ? gatewayPorts.containsEntry(listened, wanted) : listened == wanted;
    }

    private static @Nullable VirtualHostMatch hostMatch(Patch patch) {
        RouteConfigurationMatch match = match(patch);
        return match == null ? null : match.vhost();
    }

    static boolean host(VirtualHostOrBuilder host, Patch patch) {
        VirtualHostMatch match = hostMatch(patch);
        return match == null
                || ((match.name().isEmpty() || match.name().equals(host.getName()))
                        && (match.domainName().isEmpty()
                                || host.getDomainsList().contains(match.domainName())));
    }

    static boolean namesRoute(Patch patch) {
        VirtualHostMatch match = hostMatch(patch);
        return match != null && match.route() != null;
    }

    static boolean route(RouteOrBuilder route, Patch patch) {
        VirtualHostMatch host = hostMatch(patch);
        RouteMatch match = host == null ? null : host.route();
        if (match == null) {
            return true;
        }
        if (!match.name().isEmpty() && !match.name().equals(route.getName())) {
            return false;
        }
        return switch (match.action()) {
            case ANY -> true;
            case ROUTE -> route.hasRoute() || !hasKnownAction(route);
            case REDIRECT -> route.hasRedirect() || !hasKnownAction(route);
            case DIRECT_RESPONSE -> route.hasDirectResponse() || !hasKnownAction(route);
        };
    }

    private static boolean hasKnownAction(RouteOrBuilder route) {
        return route.hasRoute() || route.hasRedirect() || route.hasDirectResponse();
    }
}
