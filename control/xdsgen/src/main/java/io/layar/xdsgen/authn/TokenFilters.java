package io.layar.xdsgen.authn;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.Empty;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtClaimToHeader;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtHeader;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider.NormalizePayload;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirement;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirementAndList;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtRequirementOrList;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.RequirementRule;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.layar.config.ConfigSet;
import io.layar.config.Kinds;
import io.layar.config.Resource;
import io.layar.config.security.JWTRule;
import io.layar.config.security.RequestAuthentication;
import io.layar.mesh.policy.PolicyAttachment;
import io.layar.mesh.proxy.Proxy;
import io.layar.mesh.proxy.ProxyType;
import io.layar.xdsgen.filterchain.HttpFilters;
import io.layar.xdsgen.telemetry.Providers.ServiceLookup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Verification of tokens: a wrong token is refused, a missing one is not.
 *
 * <p>Order: by issuer.
 */
public final class TokenFilters {
    private static final String NAME = "envoy.filters.http.jwt_authn";
    private static final List<String> SPACE_DELIMITED = List.of("permission", "scope");
    private static final JwtRequirement MAY_MISS = JwtRequirement.newBuilder()
            .setAllowMissing(Empty.getDefaultInstance())
            .build();

    private final KeySources keys;
    private final boolean clearRouteCache;

    private TokenFilters(KeySources keys, boolean clearRouteCache) {
        this.keys = keys;
        this.clearRouteCache = clearRouteCache;
    }

    /**
     * @param fetching who fetches keys: istiod, hybrid or envoy
     */
    public static ImmutableList<HttpFilter> of(
            ConfigSet config, Proxy proxy, String rootNamespace, String fetching, ServiceLookup services) {
        List<JWTRule> rules = rules(config, proxy, rootNamespace);
        KeySources keys = new KeySources(KeySources.Fetching.of(fetching), services);
        return rules.isEmpty()
                ? ImmutableList.of()
                : ImmutableList.of(HttpFilters.filter(
                        NAME, new TokenFilters(keys, proxy.type() != ProxyType.SIDECAR).authentication(rules)));
    }

    private static List<JWTRule> rules(ConfigSet config, Proxy proxy, String rootNamespace) {
        Set<String> namespaces = new LinkedHashSet<>(List.of(proxy.namespace()));
        namespaces.add(rootNamespace);
        List<Resource<RequestAuthentication>> sorted = config.of(Kinds.REQUEST_AUTHENTICATION).stream()
                .sorted(PolicyAttachment.oldestFirst())
                .toList();
        List<JWTRule> out = new ArrayList<>();
        for (String namespace : namespaces) {
            for (Resource<RequestAuthentication> resource : sorted) {
                RequestAuthentication spec = resource.spec();
                if (resource.metadata().namespace().equals(namespace)
                        && PolicyAttachment.holds(
                                proxy,
                                namespace,
                                spec.selector(),
                                PolicyAttachment.targets(spec.targetRef(), spec.targetRefs()))) {
                    out.addAll(spec.jwtRules());
                }
            }
        }
        out.sort(Comparator.comparing(JWTRule::issuer));
        return out;
    }

    private JwtAuthentication authentication(List<JWTRule> rules) {
        JwtAuthentication.Builder out = JwtAuthentication.newBuilder().setBypassCorsPreflight(true);
        List<JwtRequirement> given = new ArrayList<>();
        List<JwtRequirement> givenOrMissing = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            String name = "origins-" + i;
            out.putProviders(name, provider(rules.get(i)));
            JwtRequirement one =
                    JwtRequirement.newBuilder().setProviderName(name).build();
            given.add(one);
            givenOrMissing.add(any(List.of(one, MAY_MISS)));
        }
        out.addRules(RequirementRule.newBuilder()
                .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                .setRequires(required(given, givenOrMissing)));
        return out.build();
    }

    /** Any token that is right suffices: several issuers may use the same header, where all but one would refuse it. */
    private static JwtRequirement required(List<JwtRequirement> given, List<JwtRequirement> givenOrMissing) {
        if (givenOrMissing.size() == 1) {
            return givenOrMissing.getFirst();
        }
        List<JwtRequirement> any = new ArrayList<>(given);
        any.add(JwtRequirement.newBuilder()
                .setRequiresAll(JwtRequirementAndList.newBuilder().addAllRequirements(givenOrMissing))
                .build());
        return any(any);
    }

    private static JwtRequirement any(List<JwtRequirement> of) {
        return JwtRequirement.newBuilder()
                .setRequiresAny(JwtRequirementOrList.newBuilder().addAllRequirements(of))
                .build();
    }

    private JwtProvider provider(JWTRule rule) {
        Set<String> spaceDelimited = new TreeSet<>(rule.spaceDelimitedClaims());
        spaceDelimited.addAll(SPACE_DELIMITED);
        JwtProvider.Builder out = JwtProvider.newBuilder()
                .setIssuer(rule.issuer())
                .addAllAudiences(rule.audiences())
                .setForward(rule.forwardOriginalToken())
                .setForwardPayloadHeader(rule.outputPayloadToHeader())
                .setPayloadInMetadata("payload")
                .setNormalizePayloadInMetadata(NormalizePayload.newBuilder().addAllSpaceDelimitedClaims(spaceDelimited))
                .setClearRouteCache(clearRouteCache)
                .addAllFromParams(rule.fromParams())
                .addAllFromCookies(rule.fromCookies());
        rule.outputClaimToHeaders()
                .forEach(copy -> out.addClaimToHeaders(JwtClaimToHeader.newBuilder()
                        .setHeaderName(copy.header())
                        .setClaimName(copy.claim())));
        rule.fromHeaders()
                .forEach(header -> out.addFromHeaders(
                        JwtHeader.newBuilder().setName(header.name()).setValuePrefix(header.prefix())));
        keys.set(rule, out);
        return out.build();
    }
}
