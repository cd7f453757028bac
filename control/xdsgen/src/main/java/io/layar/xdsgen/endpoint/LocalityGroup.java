package io.layar.xdsgen.endpoint;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.layar.mesh.service.Endpoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints of one locality while they are worked on. {@code endpoints} and {@code lbEndpoints} are parallel. Thread: the one
 * that builds the assignment.
 */
public final class LocalityGroup {
    private final io.layar.mesh.service.Locality place;
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final List<LbEndpoint> lbEndpoints = new ArrayList<>();
    private int priority;
    private @Nullable Integer weight;

    LocalityGroup(io.layar.mesh.service.Locality place) {
        this.place = place;
    }

    void add(Endpoint endpoint, LbEndpoint lbEndpoint) {
        endpoints.add(endpoint);
        lbEndpoints.add(lbEndpoint);
    }

    /** The sum of the endpoints' weights, unsigned and saturated; none when there are no endpoints. */
    void sumWeights() {
        long sum = 0;
        for (LbEndpoint endpoint : lbEndpoints) {
            sum += Integer.toUnsignedLong(endpoint.getLoadBalancingWeight().getValue());
        }
        weight = lbEndpoints.isEmpty() ? null : (int) Math.min(sum, 0xffffffffL);
    }

    /** An empty group of the same place. */
    LocalityGroup sibling() {
        LocalityGroup out = new LocalityGroup(place);
        out.priority = priority;
        return out;
    }

    io.layar.mesh.service.Locality place() {
        return place;
    }

    List<Endpoint> endpoints() {
        return endpoints;
    }

    List<LbEndpoint> lbEndpoints() {
        return lbEndpoints;
    }

    int priority() {
        return priority;
    }

    void setPriority(int other) {
        priority = other;
    }

    @Nullable
    Integer weight() {
        return weight;
    }

    void setWeight(int other) {
        weight = other;
    }

    void clear() {
        endpoints.clear();
        lbEndpoints.clear();
    }

    public LocalityLbEndpoints build() {
        LocalityLbEndpoints.Builder out = LocalityLbEndpoints.newBuilder()
                .addAllLbEndpoints(lbEndpoints)
                .setPriority(priority)
                .setLocality(Locality.newBuilder()
                        .setRegion(place.region())
                        .setZone(place.zone())
                        .setSubZone(place.subzone()));
        if (weight != null) {
            out.setLoadBalancingWeight(UInt32Value.of(weight));
        }
        return out.build();
    }
}
