package io.layar.config.validate;

import io.layar.config.Validation;
import io.layar.config.decode.FieldPath;
import io.layar.config.networking.HTTPRoute;
import io.layar.config.networking.Headers;
import io.layar.config.networking.Percent;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Rules of an HTTP route: what goes with what, and each of its parts. */
final class HttpRouteRules {
    private HttpRouteRules() {}

    static void check(Validation v, FieldPath path, HTTPRoute route, boolean isDelegate) {
        conflicts(v, path, route, isDelegate);
        for (int i = 0; i < route.match().size(); i++) {
            HttpMatchRules.check(v, path.field("match").index(i), route.match().get(i));
        }
        HeaderRules.operations(v, path.field("headers"), route.headers());
        HttpActionRules.cors(v, path.field("corsPolicy"), route.corsPolicy());
        HttpActionRules.fault(v, path.field("fault"), route.fault());
        mirrors(v, path, route);
        HttpActionRules.redirect(v, path.field("redirect"), route);
        HttpActionRules.directResponse(v, path.field("directResponse"), route.directResponse());
        HttpActionRules.retries(v, path.field("retries"), route.retries());
        HttpActionRules.rewrite(v, path.field("rewrite"), route.rewrite());
        authority(v, path, route);
        RouteRules.http(v, path.field("route"), route.route());
        SharedRules.duration(v, path.field("timeout"), route.timeout());
    }

    private static void conflicts(Validation v, FieldPath path, HTTPRoute route, boolean isDelegate) {
        if (route.delegate() != null && !isDelegate) {
            if (route.redirect() != null) {
                v.error(path, "root HTTP route %s must not specify redirect", route.name());
            }
            if (!route.route().isEmpty()) {
                v.error(path, "root HTTP route %s must not specify route", route.name());
            }
            return;
        }
        if (route.delegate() != null) {
            v.error(path, "delegate HTTP route cannot contain delegate");
        }
        if (route.redirect() != null) {
            exclusive(v, path, route, "redirect");
            if (route.directResponse() != null) {
                v.error(path, "HTTP route rule cannot contain both direct_response and redirect");
            }
        } else if (route.directResponse() != null) {
            exclusive(v, path, route, "direct_response");
        } else if (route.route().isEmpty()) {
            v.error(path, "HTTP route, redirect or direct_response is required");
        }
        if (route.mirror() != null && !route.mirrors().isEmpty()) {
            v.error(path, "HTTP route cannot contain both mirror and mirrors");
        }
    }

    private static void exclusive(Validation v, FieldPath path, HTTPRoute route, String answer) {
        if (!route.route().isEmpty()) {
            v.error(path, "HTTP route cannot contain both route and " + answer);
        }
        if (route.fault() != null) {
            v.error(path, "HTTP route cannot contain both fault and " + answer);
        }
        if (route.rewrite() != null) {
            v.error(path, "HTTP route rule cannot contain both rewrite and " + answer);
        }
    }

    private static void mirrors(Validation v, FieldPath path, HTTPRoute route) {
        var percent = route.mirrorPercent();
        if (percent != null) {
            if (Integer.toUnsignedLong(percent) > 100) {
                v.error(
                        path.field("mirrorPercent"),
                        "mirror_percent must have a max value of 100 (it has %d)",
                        Integer.toUnsignedLong(percent));
            }
            v.warning(
                    path.field("mirrorPercent"),
                    "using deprecated setting \"mirrorPercent\", use \"mirrorPercentage\" instead");
        }
        percentage(v, path.field("mirrorPercentage"), "mirror_percentage", route.mirrorPercentage());
        RouteRules.destination(v, path.field("mirror"), route.mirror());
        for (int i = 0; i < route.mirrors().size(); i++) {
            var mirror = route.mirrors().get(i);
            var at = path.field("mirrors").index(i);
            if (mirror.destination() == null) {
                v.error(at, "destination is required for mirrors");
                continue;
            }
            RouteRules.destination(v, at.field("destination"), mirror.destination());
            percentage(v, at.field("percentage"), "mirror percentage", mirror.percentage());
        }
    }

    private static void percentage(Validation v, FieldPath path, String name, @Nullable Percent percent) {
        if (percent == null) {
            return;
        }
        if (percent.value() > 100) {
            v.error(path, "%s must have a max value of 100 (it has %f)", name, percent.value());
        }
        if (percent.value() < 0) {
            v.error(path, "%s must have a min value of 0 (it has %f)", name, percent.value());
        }
    }

    /** The authority may be changed in one place only. */
    private static void authority(Validation v, FieldPath path, HTTPRoute route) {
        var changes = new ArrayList<String>();
        if (route.rewrite() != null && !route.rewrite().authority().isEmpty()) {
            changes.add(route.rewrite().authority());
        }
        Headers.HeaderOperations request =
                route.headers() == null ? null : route.headers().request();
        if (request != null) {
            request.set().forEach((name, value) -> addAuthority(changes, name, value));
            request.add().forEach((name, value) -> addAuthority(changes, name, value));
        }
        if (changes.size() > 1) {
            v.error(
                    path,
                    "authority header cannot be set multiple times: have \"%s\", attempting to set \"%s\"",
                    changes.get(0),
                    changes.get(1));
        }
    }

    private static void addAuthority(ArrayList<String> changes, String name, String value) {
        if (HeaderRules.isAuthority(name)) {
            changes.add(value);
        }
    }
}
