package io.layar.config.validate;

import io.layar.config.Validation;
import io.layar.config.decode.FieldPath;
import io.layar.config.networking.HTTPMatchRequest;
import io.layar.config.networking.HTTPRoute;
import io.layar.config.networking.StringMatch;
import io.layar.config.networking.TCPRoute;
import io.layar.config.networking.TLSRoute;
import io.layar.config.networking.VirtualService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Routes that can never be taken, as an earlier one takes all they match. */
final class UnreachableRoutes {
    private static final FieldPath SPEC = FieldPath.ROOT.field("spec");

    private UnreachableRoutes() {}

    /** A route as far as it matters here: its name for people and its conditions. */
    private record Route(String name, List<? extends Record> matches) {}

    static void check(Validation v, VirtualService service) {
        var http = new ArrayList<Route>();
        for (HTTPRoute route : service.http()) {
            var name = route.name().isEmpty() ? "#" + http.size() : "\"" + route.name() + "\"";
            http.add(new Route(
                    name,
                    route.match().stream().map(match -> match.withName("")).toList()));
        }
        repeated(v, SPEC.field("http"), http);
        covered(v, service, http);
        var tcp = new ArrayList<Route>();
        for (TCPRoute route : service.tcp()) {
            tcp.add(new Route("#" + tcp.size(), route.match()));
        }
        repeated(v, SPEC.field("tcp"), tcp);
        var tls = new ArrayList<Route>();
        for (TLSRoute route : service.tls()) {
            tls.add(new Route("#" + tls.size(), route.match()));
        }
        repeated(v, SPEC.field("tls"), tls);
    }

    private static void repeated(Validation v, FieldPath path, List<Route> routes) {
        Map<Record, String> seen = new HashMap<>();
        boolean catchAll = false;
        for (int i = 0; i < routes.size(); i++) {
            var route = routes.get(i);
            var at = path.index(i);
            if (route.matches.isEmpty()) {
                if (catchAll) {
                    unused(v, at, route, "only the last rule can have no matches");
                }
                catchAll = true;
                continue;
            }
            int duplicates = 0;
            for (int j = 0; j < route.matches.size(); j++) {
                if (catchAll) {
                    unused(v, at, route, "route without matches defined before");
                    continue;
                }
                var first = seen.putIfAbsent(route.matches.get(j), route.name);
                if (first != null) {
                    ineffective(v, at.field("match").index(j), route.name, "#" + j, first);
                    duplicates++;
                }
            }
            if (duplicates == route.matches.size()) {
                unused(v, at, route, "all matches used by prior rules");
            }
        }
    }

    private static void unused(Validation v, FieldPath path, Route route, String reason) {
        v.warning(path, "virtualService rule %s not used (%s)", route.name, reason);
    }

    private static void ineffective(Validation v, FieldPath path, String rule, String match, String earlier) {
        v.warning(
                path,
                "virtualService rule %s match %s is not used (duplicate/overlapping match in rule %s)",
                rule,
                match,
                earlier);
    }

    /** A condition on a path prefix, where it stands. */
    private record Prefix(FieldPath path, String rule, int index, String prefix, HTTPMatchRequest match) {}

    private static void covered(Validation v, VirtualService service, List<Route> routes) {
        var prefixes = new ArrayList<Prefix>();
        boolean catchAll = false;
        for (int i = 0; i < service.http().size(); i++) {
            var matches = service.http().get(i).match();
            catchAll |= matches.isEmpty();
            for (int j = 0; j < matches.size() && !catchAll; j++) {
                var uri = matches.get(j).uri();
                var prefix = uri == null || uri.prefix() == null ? "" : uri.prefix();
                if (!prefix.isEmpty()) {
                    var path = SPEC.field("http").index(i).field("match").index(j);
                    prefixes.add(new Prefix(path, routes.get(i).name, j, prefix, matches.get(j)));
                }
            }
        }
        for (int i = 0; i < prefixes.size(); i++) {
            for (int j = i + 1; j < prefixes.size(); j++) {
                var first = prefixes.get(i);
                var later = prefixes.get(j);
                if (!first.prefix.equals(later.prefix) && covers(first, later)) {
                    ineffective(
                            v,
                            later.path,
                            later.rule,
                            "#%d of prefix %s".formatted(later.index, later.prefix),
                            "#%d of prefix %s on %s".formatted(first.index, first.prefix, first.rule));
                }
            }
        }
    }

    private static boolean covers(Prefix first, Prefix later) {
        var a = first.match;
        var b = later.match;
        return later.prefix.startsWith(first.prefix)
                && a.port() == b.port()
                && word(a.method(), "exact:GET").startsWith(word(b.method(), "exact:GET"))
                && word(a.authority(), "").startsWith(word(b.authority(), ""))
                && allCover(a.headers(), b.headers())
                && allCover(a.queryParams(), b.queryParams())
                && allCover(a.withoutHeaders(), b.withoutHeaders());
    }

    private static boolean allCover(Map<String, StringMatch> first, Map<String, StringMatch> later) {
        BiPredicate<String, StringMatch> covers = (name, match) -> {
            var other = later.get(name);
            return other != null && word(match, "").startsWith(word(other, ""));
        };
        return first.size() == later.size()
                && first.entrySet().stream().allMatch(entry -> covers.test(entry.getKey(), entry.getValue()));
    }

    private static String word(@Nullable StringMatch match, String absent) {
        if (match == null) {
            return absent;
        }
        if (match.exact() != null && !match.exact().isEmpty()) {
            return "exact:" + match.exact();
        }
        return match.prefix() != null && !match.prefix().isEmpty() ? "prefix:" + match.prefix() : absent;
    }
}
