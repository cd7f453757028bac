package io.layar.xdsgen.route;

import com.google.common.collect.ImmutableSet;
import io.layar.config.Resource;
import io.layar.config.networking.HTTPRetry;
import io.layar.config.networking.HTTPRouteDestination;
import io.layar.config.networking.LoadBalancerSettings.ConsistentHashLB;
import io.layar.config.networking.VirtualService;
import io.layar.mesh.proxy.Proxy;
import io.layar.mesh.service.Service;
import org.jspecify.annotations.Nullable;

/**
 * What the translation of one VirtualService's HTTP routes sees.
 *
 * <p>Shape: {@code gateways} are the names that a match's {@code gateways} may hold to apply here ({@code mesh}, or
 * {@code namespace/name}); {@code defaultRetries} is the mesh's policy, null for the built-in one.
 */
public record RouteContext(
        Resource<VirtualService> owner,
        Proxy proxy,
        int listenPort,
        ImmutableSet<String> gateways,
        boolean tls,
        boolean appendForwardedHost,
        @Nullable HTTPRetry defaultRetries,
        Services services,
        Hashes hashes) {

    /** The annotation with which generated VirtualServices say where they come from. */
    public static final String SEMANTICS_ANNOTATION = "internal.istio.io/route-semantics";

    /** Looks a destination's service up. */
    @FunctionalInterface
    public interface Services {
        @Nullable
        Service find(String hostname);
    }

    /** The consistent hash that a DestinationRule sets for a destination. */
    @FunctionalInterface
    public interface Hashes {
        @Nullable
        ConsistentHashLB find(HTTPRouteDestination destination);
    }

    /** Was the VirtualService made of a Gateway API route? */
    public boolean isGatewayApi() {
        return isGatewayApi(owner);
    }

    /** Was the VirtualService made of a Kubernetes Ingress? */
    public boolean isIngress() {
        return "ingress".equals(owner.metadata().annotations().get(SEMANTICS_ANNOTATION));
    }

    public static boolean isGatewayApi(Resource<VirtualService> owner) {
        return "gateway".equals(owner.metadata().annotations().get(SEMANTICS_ANNOTATION));
    }
}
