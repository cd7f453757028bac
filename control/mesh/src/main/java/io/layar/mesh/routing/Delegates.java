package io.layar.mesh.routing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.config.networking.HTTPMatchRequest;
import io.layar.config.networking.HTTPRoute;
import io.layar.config.networking.StringMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a delegate's routes in the place of the root route that names it. A delegate that asks for more than its root is dropped. */
final class Delegates {
    private Delegates() {}

    /** The delegate's routes narrowed by {@code root}; conflicting ones are left out. */
    static List<HTTPRoute> merge(HTTPRoute root, List<HTTPRoute> delegate) {
        List<HTTPRoute> out = new ArrayList<>();
        for (HTTPRoute route : delegate) {
            ImmutableList<HTTPMatchRequest> match = matches(root.match(), route.match());
            if (match != null) {
                out.add(merge(root, route, match));
            }
        }
        return out;
    }

    private static HTTPRoute merge(HTTPRoute root, HTTPRoute own, ImmutableList<HTTPMatchRequest> match) {
        return new HTTPRoute(
                joined(root.name(), own.name()),
                match,
                own.route(),
                own.redirect(),
                or(own.directResponse(), root.directResponse()),
                own.delegate(),
                or(own.rewrite(), root.rewrite()),
                or(own.timeout(), root.timeout()),
                or(own.retries(), root.retries()),
                or(own.fault(), root.fault()),
                or(own.mirror(), root.mirror()),
                own.mirrors().isEmpty() ? root.mirrors() : own.mirrors(),
                or(own.mirrorPercent(), root.mirrorPercent()),
                or(own.mirrorPercentage(), root.mirrorPercentage()),
                or(own.corsPolicy(), root.corsPolicy()),
                or(own.headers(), root.headers()));
    }

    private static <T> @Nullable T or(@Nullable T own, @Nullable T root) {
        return own == null ? root : own;
    }

    private static String joined(String root, String own) {
        return own.isEmpty() ? root : root.isEmpty() ? own : root + "-" + own;
    }

    /** Null when a match of the delegate fits under none of the root's. */
    private static @Nullable ImmutableList<HTTPMatchRequest> matches(
            ImmutableList<HTTPMatchRequest> root, ImmutableList<HTTPMatchRequest> own) {
        if (root.isEmpty() || own.isEmpty()) {
            return root.isEmpty() ? own : root;
        }
        var out = ImmutableList.<HTTPMatchRequest>builder();
        for (HTTPMatchRequest leaf : own) {
            boolean found = false;
            for (HTTPMatchRequest parent : root) {
                if (!conflicts(parent, leaf)) {
                    out.add(merge(parent, leaf));
                    found = true;
                }
            }
            if (!found) {
                return null;
            }
        }
        return out.build();
    }

    private static HTTPMatchRequest merge(HTTPMatchRequest root, HTTPMatchRequest own) {
        return new HTTPMatchRequest(
                joined(root.name(), own.name()),
                or(own.uri(), root.uri()),
                or(own.scheme(), root.scheme()),
                or(own.method(), root.method()),
                or(own.authority(), root.authority()),
                merge(root.headers(), own.headers()),
                own.port() == 0 ? root.port() : own.port(),
                merge(root.sourceLabels(), own.sourceLabels()),
                own.gateways().isEmpty() ? root.gateways() : own.gateways(),
                merge(root.queryParams(), own.queryParams()),
                own.ignoreUriCase(),
                merge(root.withoutHeaders(), own.withoutHeaders()),
                own.sourceNamespace().isEmpty() ? root.sourceNamespace() : own.sourceNamespace(),
                own.statPrefix().isEmpty() ? root.statPrefix() : own.statPrefix());
    }

    private static <V> ImmutableMap<String, V> merge(Map<String, V> root, Map<String, V> own) {
        LinkedHashMap<String, V> out = new LinkedHashMap<>(root);
        out.putAll(own);
        return ImmutableMap.copyOf(out);
    }

    private static boolean conflicts(HTTPMatchRequest root, HTTPMatchRequest leaf) {
        return conflicts(root.uri(), leaf.uri())
                || conflicts(root.scheme(), leaf.scheme())
                || conflicts(root.method(), leaf.method())
                || conflicts(root.authority(), leaf.authority())
                || conflicts(root.headers(), leaf.headers())
                || conflicts(root.withoutHeaders(), leaf.withoutHeaders())
                || conflicts(root.queryParams(), leaf.queryParams())
                || root.ignoreUriCase() != leaf.ignoreUriCase()
                || (root.port() != 0 && leaf.port() != 0 && root.port() != leaf.port())
                || (!root.sourceNamespace().isEmpty() && !leaf.sourceNamespace().equals(root.sourceNamespace()))
                || labelsConflict(root.sourceLabels(), leaf.sourceLabels())
                || (!root.gateways().isEmpty() && !root.gateways().containsAll(leaf.gateways()));
    }

    private static boolean labelsConflict(Map<String, String> root, Map<String, String> leaf) {
        return leaf.entrySet().stream()
                .anyMatch(e -> root.containsKey(e.getKey()) && !e.getValue().equals(root.get(e.getKey())));
    }

    private static boolean conflicts(Map<String, StringMatch> root, Map<String, StringMatch> leaf) {
        return leaf.entrySet().stream().anyMatch(e -> conflicts(root.get(e.getKey()), e.getValue()));
    }

    /** A leaf must lie within its root: a regular expression goes with nothing, a prefix only narrows. */
    private static boolean conflicts(@Nullable StringMatch root, @Nullable StringMatch leaf) {
        if (root == null || leaf == null) {
            return false;
        }
        String rootExact = text(root.exact());
        String rootPrefix = text(root.prefix());
        String leafExact = text(leaf.exact());
        String leafPrefix = text(leaf.prefix());
        if (!text(root.regex()).isEmpty() || !text(leaf.regex()).isEmpty()) {
            return true;
        }
        if (!rootExact.isEmpty()) {
            return !leafPrefix.isEmpty() || !leafExact.equals(rootExact);
        }
        if (rootPrefix.isEmpty()) {
            return true;
        }
        String narrower = leafPrefix.isEmpty() ? leafExact : leafPrefix;
        return narrower.isEmpty() || !narrower.startsWith(rootPrefix);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
