package io.layar.mesh.scope;

import io.layar.config.Resource;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.networking.Sidecar;
import io.layar.mesh.MeshSettings;
import io.layar.mesh.routing.DestinationRuleIndex;
import io.layar.mesh.routing.VirtualServiceIndex;
import io.layar.mesh.service.ServiceIndex;
import org.jspecify.annotations.Nullable;

/** All that a scope depends on. Equality: the same namespace and the very same parts. */
public record ScopeInputs(
        String namespace,
        boolean gateway,
        @Nullable Resource<Sidecar> sidecar,
        ServiceIndex services,
        VirtualServiceIndex virtualServices,
        DestinationRuleIndex destinationRules,
        MeshConfig mesh,
        MeshSettings settings) {

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ScopeInputs that
                && namespace.equals(that.namespace)
                && gateway == that.gateway
                && sidecar == that.sidecar
                && services == that.services
                && virtualServices == that.virtualServices
                && destinationRules == that.destinationRules
                && mesh == that.mesh
                && settings == that.settings;
    }

    @Override
    public int hashCode() {
        return 31 * namespace.hashCode() + System.identityHashCode(services) + System.identityHashCode(sidecar);
    }
}
