package io.layar.mesh.scope;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.config.networking.IstioEgressListener;
import io.layar.mesh.routing.MergedVirtualService;
import io.layar.mesh.service.Service;
import org.jspecify.annotations.Nullable;

/**
 * One egress listener of a Sidecar and what it imports.
 *
 * <p>Shape: {@code listener} is null for gateways; {@code routesByHost} names for each imported service's host the
 * VirtualService ({@code namespace/name}) whose host fits it best.
 */
public record EgressListener(
        @Nullable IstioEgressListener listener,
        ImmutableList<Service> services,
        ImmutableList<MergedVirtualService> virtualServices,
        ImmutableMap<String, String> routesByHost) {

    /** Is it the listener without a port, for everything that no other listener takes? */
    public boolean isCatchAll() {
        return listener == null || listener.port() == null;
    }
}
