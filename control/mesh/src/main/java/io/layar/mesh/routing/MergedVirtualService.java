package io.layar.mesh.routing;

import com.google.common.collect.ImmutableList;
import io.layar.config.Resource;
import io.layar.config.networking.VirtualService;
import io.layar.mesh.service.Visibility;

/** A VirtualService with names written out and delegates put in. {@code origins}: itself and its delegates. */
public record MergedVirtualService(
        Resource<VirtualService> resource, Visibility exportTo, ImmutableList<String> origins) {
    private static final String SEMANTICS = "internal.istio.io/route-semantics";

    public VirtualService spec() {
        return resource.spec();
    }

    public String namespace() {
        return resource.namespace();
    }

    /** {@code namespace/name}. */
    public String key() {
        return resource.namespace() + "/" + resource.name();
    }

    /** Does it stand for a route of the Gateway API? */
    public boolean isGatewayRoute() {
        return "gateway".equals(resource.metadata().annotations().get(SEMANTICS));
    }

    static boolean isGatewayRoute(Resource<VirtualService> resource) {
        return "gateway".equals(resource.metadata().annotations().get(SEMANTICS));
    }

    static boolean isIngressRoute(Resource<VirtualService> resource) {
        return "ingress".equals(resource.metadata().annotations().get(SEMANTICS));
    }

    /** The gateways it is bound to; {@code mesh} when it names none. */
    public ImmutableList<String> gateways() {
        return spec().gateways().isEmpty() ? ImmutableList.of(ShortNames.MESH) : spec().gateways();
    }
}
