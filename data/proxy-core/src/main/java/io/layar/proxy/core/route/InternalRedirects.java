package io.layar.proxy.core.route;

import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.route.v3.InternalRedirectPolicy;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.extensions.internal_redirect.allow_listed_routes.v3.AllowListedRoutesConfig;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Durations;
import io.layar.proxy.core.config.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Redirects of an upstream that the proxy follows itself. Thread: any (immutable).
 *
 * @param statuses of answers that are followed
 * @param crossScheme whether a redirect may go from https to http, or back
 */
public record InternalRedirects(
        long maxRedirects,
        List<Integer> statuses,
        boolean crossScheme,
        List<String> headersToCopy,
        List<Predicate> predicates) {
    private static final String ALLOW_LISTED =
            "envoy.extensions.internal_redirect.allow_listed_routes.v3.AllowListedRoutesConfig";
    private static final String PREVIOUS = "envoy.extensions.internal_redirect.previous_routes.v3.PreviousRoutesConfig";
    private static final String SAFE_CROSS =
            "envoy.extensions.internal_redirect.safe_cross_scheme.v3.SafeCrossSchemeConfig";

    /** A rule on the route that a redirect leads to. */
    public sealed interface Predicate {
        /** {@code routes} seen so far on this request, by name. */
        boolean accepts(String routeName, Set<String> routes, boolean fromTls, boolean toTls);

        record AllowListed(Set<String> names) implements Predicate {
            @Override
            public boolean accepts(String routeName, Set<String> routes, boolean fromTls, boolean toTls) {
                return names.contains(routeName);
            }
        }

        record NotVisited() implements Predicate {
            @Override
            public boolean accepts(String routeName, Set<String> routes, boolean fromTls, boolean toTls) {
                return !routes.contains(routeName);
            }
        }

        record SafeCrossScheme() implements Predicate {
            @Override
            public boolean accepts(String routeName, Set<String> routes, boolean fromTls, boolean toTls) {
                return fromTls || !toTls;
            }
        }
    }

    @SuppressWarnings("deprecation") // internal_redirect_action is what older control planes write
    static @Nullable InternalRedirects compile(RouteAction route, String field) {
        if (!route.hasInternalRedirectPolicy()) {
            boolean follow =
                    route.getInternalRedirectAction() == RouteAction.InternalRedirectAction.HANDLE_INTERNAL_REDIRECT;
            long max = Durations.unsigned(route.hasMaxInternalRedirects(), route.getMaxInternalRedirects(), 1);
            return follow ? new InternalRedirects(max, List.of(302), false, List.of(), List.of()) : null;
        }
        InternalRedirectPolicy proto = route.getInternalRedirectPolicy();
        List<Integer> statuses = new ArrayList<>(proto.getRedirectResponseCodesList());
        statuses.retainAll(List.of(301, 302, 303, 307, 308));
        return new InternalRedirects(
                Durations.unsigned(proto.hasMaxInternalRedirects(), proto.getMaxInternalRedirects(), 1),
                proto.getRedirectResponseCodesCount() == 0 ? List.of(302) : List.copyOf(statuses),
                proto.getAllowCrossSchemeRedirect(),
                proto.getResponseHeadersToCopyList().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList(),
                proto.getPredicatesList().stream()
                        .map(one -> predicate(one, field + ".predicates"))
                        .toList());
    }

    private static Predicate predicate(TypedExtensionConfig proto, String field) {
        return switch (Types.nameOf(proto.getTypedConfig().getTypeUrl())) {
            case ALLOW_LISTED ->
                new Predicate.AllowListed(Set.copyOf(
                        Types.unpack(proto.getTypedConfig(), AllowListedRoutesConfig.getDefaultInstance(), field)
                                .getAllowedRouteNamesList()));
            case PREVIOUS -> new Predicate.NotVisited();
            case SAFE_CROSS -> new Predicate.SafeCrossScheme();
            default -> throw ConfigRejected.unsupported(field, proto.getName());
        };
    }
}
