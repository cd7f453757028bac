package io.layar.xdsgen.route;

import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy;
import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy.ConnectionProperties;
import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy.Cookie;
import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy.CookieAttribute;
import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy.Header;
import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy.QueryParameter;
import io.layar.config.networking.Destination;
import io.layar.config.networking.DestinationRule;
import io.layar.config.networking.LoadBalancerSettings;
import io.layar.config.networking.LoadBalancerSettings.ConsistentHashLB;
import io.layar.config.networking.Subset;
import io.layar.config.networking.TrafficPolicy;
import io.layar.config.networking.TrafficPolicy.PortTrafficPolicy;
import io.layar.xdsgen.envoy.Protos;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The consistent hash of a DestinationRule, and the hash policy that a route needs for it. */
public final class HashPolicies {
    private HashPolicies() {}

    /** Of a route's destination: the subset's port, the subset, the rule's port, the rule; the first that says anything. */
    public static @Nullable ConsistentHashLB ofDestination(DestinationRule rule, Destination destination) {
        for (Subset subset : rule.subsets()) {
            if (subset.name().equals(destination.subset())) {
                ConsistentHashLB hash = ofPolicy(subset.trafficPolicy(), destination);
                if (hash != null) {
                    return hash;
                }
                break;
            }
        }
        return ofPolicy(rule.trafficPolicy(), destination);
    }

    private static @Nullable ConsistentHashLB ofPolicy(@Nullable TrafficPolicy policy, Destination destination) {
        if (policy == null) {
            return null;
        }
        if (destination.port() != null) {
            PortTrafficPolicy port =
                    ofPort(policy.portLevelSettings(), destination.port().number());
            ConsistentHashLB hash = port == null ? null : hash(port.loadBalancer());
            if (hash != null) {
                return hash;
            }
        }
        return hash(policy.loadBalancer());
    }

    /** Of a service's port that no VirtualService routes. */
    public static @Nullable ConsistentHashLB ofServicePort(DestinationRule rule, int port) {
        TrafficPolicy policy = rule.trafficPolicy();
        if (policy == null) {
            return null;
        }
        PortTrafficPolicy settings = ofPort(policy.portLevelSettings(), port);
        ConsistentHashLB hash = settings == null ? null : hash(settings.loadBalancer());
        return hash == null ? hash(policy.loadBalancer()) : hash;
    }

    private static @Nullable PortTrafficPolicy ofPort(List<PortTrafficPolicy> settings, int port) {
        for (PortTrafficPolicy setting : settings) {
            if (setting.port() != null && setting.port().number() == port) {
                return setting;
            }
        }
        return null;
    }

    public static @Nullable ConsistentHashLB hash(@Nullable LoadBalancerSettings settings) {
        return settings == null ? null : settings.consistentHash();
    }

    /** Null when the hash names nothing to hash. */
    public static @Nullable HashPolicy toEnvoy(@Nullable ConsistentHashLB hash) {
        if (hash == null) {
            return null;
        }
        HashPolicy.Builder policy = HashPolicy.newBuilder();
        if (hash.httpHeaderName() != null) {
            return policy.setHeader(Header.newBuilder().setHeaderName(hash.httpHeaderName()))
                    .build();
        }
        if (hash.httpCookie() != null) {
            return policy.setCookie(cookie(hash.httpCookie())).build();
        }
        if (hash.useSourceIp() != null) {
            return policy.setConnectionProperties(
                            ConnectionProperties.newBuilder().setSourceIp(hash.useSourceIp()))
                    .build();
        }
        if (hash.httpQueryParameterName() != null) {
            return policy.setQueryParameter(QueryParameter.newBuilder().setName(hash.httpQueryParameterName()))
                    .build();
        }
        return null;
    }

    private static Cookie cookie(ConsistentHashLB.HTTPCookie cookie) {
        Cookie.Builder out = Cookie.newBuilder().setName(cookie.name()).setPath(cookie.path());
        if (cookie.ttl() != null) {
            out.setTtl(Protos.duration(cookie.ttl()));
        }
        cookie.attributes()
                .forEach(attribute -> out.addAttributes(
                        CookieAttribute.newBuilder().setName(attribute.name()).setValue(attribute.value())));
        return out.build();
    }
}
