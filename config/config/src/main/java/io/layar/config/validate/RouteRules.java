package io.layar.config.validate;

import com.google.common.collect.ImmutableList;
import io.layar.config.Validation;
import io.layar.config.decode.FieldPath;
import io.layar.config.names.DnsNames;
import io.layar.config.networking.Destination;
import io.layar.config.networking.HTTPRouteDestination;
import io.layar.config.networking.RouteDestination;
import org.jspecify.annotations.Nullable;

/** Rules of destinations and their weights. */
final class RouteRules {
    private RouteRules() {}

    static void destination(Validation v, FieldPath path, @Nullable Destination destination) {
        if (destination == null) {
            return;
        }
        if (destination.host().equals("*")) {
            v.error(path.field("host"), "invalid destination host *");
        } else {
            v.require(path.field("host"), DnsNames.wildcardNameProblem(destination.host()));
        }
        if (!destination.subset().isEmpty()) {
            DestinationRuleRules.subsetName(v, path.field("subset"), destination.subset());
        }
        if (destination.port() != null) {
            SharedRules.port(v, path.field("port"), destination.port().number());
        }
    }

    static void http(Validation v, FieldPath path, ImmutableList<HTTPRouteDestination> routes) {
        long total = 0;
        for (int i = 0; i < routes.size(); i++) {
            var route = routes.get(i);
            HeaderRules.operations(v, path.index(i).field("headers"), route.headers());
            total += weighted(v, path.index(i), route.destination(), route.weight());
        }
        total(v, path, routes.size(), total);
    }

    static void layer4(Validation v, FieldPath path, ImmutableList<RouteDestination> routes) {
        long total = 0;
        for (int i = 0; i < routes.size(); i++) {
            var route = routes.get(i);
            total += weighted(v, path.index(i), route.destination(), route.weight());
        }
        total(v, path, routes.size(), total);
    }

    private static int weighted(Validation v, FieldPath path, @Nullable Destination destination, int weight) {
        if (destination == null) {
            v.error(path, "destination is required");
        }
        destination(v, path.field("destination"), destination);
        if (weight < 0) {
            v.error(path.field("weight"), "weight %d < 0", weight);
        }
        return weight;
    }

    private static void total(Validation v, FieldPath path, int count, long total) {
        if (count > 1 && total == 0) {
            v.error(path, "total destination weight = 0");
        }
    }
}
