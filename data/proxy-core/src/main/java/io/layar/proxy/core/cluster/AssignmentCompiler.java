package io.layar.proxy.core.cluster;

import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Durations;
import io.layar.proxy.core.config.Fields;
import io.layar.proxy.core.stream.Address;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles load assignments: those inside clusters, and those that EDS brings. */
public final class AssignmentCompiler {
    private static final Address UNRESOLVED = Address.of(new InetSocketAddress(0));

    private final ClusterLoadAssignment proto;
    private final boolean names;
    private final List<Assignment.Endpoint> endpoints = new ArrayList<>();
    private final List<Map<Locality, Integer>> weights = new ArrayList<>();

    private AssignmentCompiler(ClusterLoadAssignment proto, boolean names) {
        this.proto = proto;
        this.names = names;
    }

    /** {@code names}: addresses may be DNS names. Errors: {@link ConfigRejected} with the path from the assignment on. */
    public static Assignment compile(ClusterLoadAssignment proto, boolean names) {
        return new AssignmentCompiler(proto, names).compile();
    }

    private Assignment compile() {
        for (int i = 0; i < proto.getEndpointsCount(); i++) {
            try {
                locality(proto.getEndpoints(i));
            } catch (ConfigRejected e) {
                throw e.within("endpoints[" + i + "]");
            }
        }
        ClusterLoadAssignment.Policy policy = proto.getPolicy();
        Fields.refuse(policy, "policy", "endpoint_stale_after");
        return new Assignment(
                List.copyOf(endpoints),
                List.copyOf(weights),
                (int) Durations.unsigned(policy.hasOverprovisioningFactor(), policy.getOverprovisioningFactor(), 140),
                policy.getWeightedPriorityHealth(),
                drops(policy),
                Durations.millis(policy.getEndpointStaleAfter()));
    }

    private static List<Assignment.Drop> drops(ClusterLoadAssignment.Policy policy) {
        List<Assignment.Drop> drops = new ArrayList<>();
        for (ClusterLoadAssignment.Policy.DropOverload drop : policy.getDropOverloadsList()) {
            FractionalPercent percent = drop.getDropPercentage();
            long denominator = switch (percent.getDenominator()) {
                case TEN_THOUSAND -> 10_000;
                case MILLION -> 1_000_000;
                case HUNDRED, UNRECOGNIZED -> 100;
            };
            drops.add(new Assignment.Drop(
                    drop.getCategory(), Integer.toUnsignedLong(percent.getNumerator()), denominator));
        }
        return List.copyOf(drops);
    }

    private void locality(LocalityLbEndpoints group) {
        if (group.hasLedsClusterLocalityConfig()) {
            throw ConfigRejected.unsupported("leds_cluster_locality_config", "LEDS");
        }
        int priority = group.getPriority();
        if (priority > 128) {
            throw new ConfigRejected("priority", "value must be less than or equal to 128");
        }
        while (weights.size() <= priority) {
            weights.add(new HashMap<>());
        }
        Locality locality = Locality.of(group.getLocality());
        if (group.hasLoadBalancingWeight()) {
            weights.get(priority).merge(locality, group.getLoadBalancingWeight().getValue(), Integer::sum);
        }
        List<LbEndpoint> list = group.hasLoadBalancerEndpoints()
                ? group.getLoadBalancerEndpoints().getLbEndpointsList()
                : group.getLbEndpointsList();
        for (int i = 0; i < list.size(); i++) {
            try {
                endpoints.add(endpoint(list.get(i), group, locality));
            } catch (ConfigRejected e) {
                throw e.within("lb_endpoints[" + i + "]");
            }
        }
    }

    private Assignment.Endpoint endpoint(LbEndpoint lb, LocalityLbEndpoints group, Locality locality) {
        Endpoint endpoint = lb.getEndpoint();
        if (lb.hasEndpointName()) {
            Endpoint named = proto.getNamedEndpointsMap().get(lb.getEndpointName());
            if (named == null) {
                throw new ConfigRejected("endpoint_name", "unknown named endpoint '" + lb.getEndpointName() + "'");
            }
            endpoint = named;
        }
        SocketAddress socket = endpoint.getAddress().getSocketAddress();
        boolean byName = names && endpoint.getAddress().hasSocketAddress() && !Sockets.isIp(socket.getAddress());
        Address address = byName ? UNRESOLVED : address(endpoint.getAddress(), "endpoint.address");
        List<Address> more = new ArrayList<>();
        for (Endpoint.AdditionalAddress additional : endpoint.getAdditionalAddressesList()) {
            more.add(address(additional.getAddress(), "endpoint.additional_addresses"));
        }
        HostFacts facts = new HostFacts(
                address,
                List.copyOf(more),
                healthCheckAddress(endpoint, address, byName),
                endpoint.getHostname(),
                endpoint.getHealthCheckConfig().getHostname(),
                locality,
                group.getPriority(),
                new HostFacts.MetadataFacts(lb.getMetadata(), group.getMetadata()),
                endpoint.getHealthCheckConfig().getDisableActiveHealthCheck());
        int weight = lb.hasLoadBalancingWeight()
                ? Math.max(1, lb.getLoadBalancingWeight().getValue())
                : 1;
        return new Assignment.Endpoint(
                facts, weight, lb.getHealthStatus(), byName ? socket.getAddress() : null, socket.getPortValue());
    }

    private static @Nullable Address healthCheckAddress(Endpoint endpoint, Address address, boolean byName) {
        Endpoint.HealthCheckConfig config = endpoint.getHealthCheckConfig();
        if (config.hasAddress()) {
            Address other = address(config.getAddress(), "endpoint.health_check_config.address");
            return config.getPortValue() > 0 ? withPort(other, config.getPortValue()) : other;
        }
        return config.getPortValue() > 0 ? withPort(byName ? UNRESOLVED : address, config.getPortValue()) : null;
    }

    private static Address withPort(Address address, int port) {
        return address.socket() instanceof InetSocketAddress inet
                ? Address.of(new InetSocketAddress(inet.getAddress(), port))
                : address;
    }

    /** An address of configuration: IP and port, or a pipe. */
    public static Address address(io.envoyproxy.envoy.config.core.v3.Address proto, String path) {
        return switch (proto.getAddressCase()) {
            case SOCKET_ADDRESS -> Address.of(Sockets.of(proto.getSocketAddress(), path));
            case PIPE -> Address.of(UnixDomainSocketAddress.of(proto.getPipe().getPath()));
            case ENVOY_INTERNAL_ADDRESS -> throw ConfigRejected.unsupported(path, "envoy_internal_address");
            case ADDRESS_NOT_SET -> throw new ConfigRejected(path, "address is required");
        };
    }
}
