package io.layar.xdsgen.grpc;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.protobuf.UInt64Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.layar.config.networking.ClientTLSSettings.TLSmode;
import io.layar.config.networking.ConnectionPoolSettings;
import io.layar.config.networking.LoadBalancerSettings;
import io.layar.config.networking.LoadBalancerSettings.ConsistentHashLB;
import io.layar.config.networking.LoadBalancerSettings.SimpleLB;
import io.layar.config.networking.Subset;
import io.layar.config.networking.TrafficPolicy;
import io.layar.mesh.ProxyView;
import io.layar.mesh.routing.MergedDestinationRule;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServicePort;
import io.layar.xdsgen.XdsResource;
import io.layar.xdsgen.cluster.TrustDomains;
import io.layar.xdsgen.endpoint.TrafficPolicies;
import io.layar.xdsgen.envoy.ClusterNames;
import io.layar.xdsgen.envoy.Protos;
import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Clusters as gRPC understands them: endpoints from EDS, balancing, the limit of requests, and mutual TLS only where a
 * DestinationRule asks for it (a server may be one that gRPC itself cannot talk TLS to).
 */
public final class GrpcClusters {
    private static final long DEFAULT_RING_SIZE = 1024;

    private final ProxyView view;
    private final Service service;
    private final ServicePort port;
    private final @Nullable MergedDestinationRule rule;

    private GrpcClusters(ProxyView view, Service service, ServicePort port) {
        this.view = view;
        this.service = service;
        this.port = port;
        this.rule = view.destinationRule(service.hostname());
    }

    /** Order: as asked for. Names of services, ports and subsets that are not there are left out. */
    public static ImmutableList<XdsResource> generate(ProxyView view, Collection<String> names) {
        var out = ImmutableList.<XdsResource>builder();
        for (String name : ImmutableSet.copyOf(names)) {
            ClusterNames.Parts parts = ClusterNames.parse(name);
            Service service = parts == null ? null : view.scope().service(parts.host());
            ServicePort port = service == null || parts == null ? null : service.port(parts.port());
            if (parts != null && service != null && port != null) {
                XdsResource made = new GrpcClusters(view, service, port).cluster(name, parts.subset());
                if (made != null) {
                    out.add(made);
                }
            }
        }
        return out.build();
    }

    private @Nullable XdsResource cluster(String name, String subset) {
        TrafficPolicy policy =
                rule == null ? null : TrafficPolicies.atPort(rule.spec().trafficPolicy(), port.port());
        if (!subset.isEmpty()) {
            Subset found = subset(subset);
            if (found == null) {
                return null;
            }
            policy = TrafficPolicies.ofSubset(policy, found.trafficPolicy(), port.port());
        }
        Cluster.Builder cluster = Cluster.newBuilder()
                .setName(name)
                .setAltStatName(name + ";")
                .setType(Cluster.DiscoveryType.EDS)
                .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder()
                        .setServiceName(name)
                        .setEdsConfig(ConfigSource.newBuilder().setAds(AggregatedConfigSource.getDefaultInstance())));
        if (policy != null) {
            apply(policy, cluster);
        }
        var origins = ImmutableList.<String>builder().addAll(service.origins());
        if (rule != null) {
            origins.addAll(rule.origins());
        }
        return new XdsResource(name, cluster.build(), origins.build());
    }

    private @Nullable Subset subset(String name) {
        if (rule != null) {
            for (Subset subset : rule.spec().subsets()) {
                if (subset.name().equals(name)) {
                    return subset;
                }
            }
        }
        return null;
    }

    private void apply(TrafficPolicy policy, Cluster.Builder cluster) {
        if (policy.tls() != null && policy.tls().mode() == TLSmode.ISTIO_MUTUAL) {
            TreeSet<String> identities = new TreeSet<>(service.serviceAccounts());
            identities.addAll(view.endpoints(service).serviceAccounts());
            cluster.setTransportSocket(CertificateProviders.ofClient(
                    TrustDomains.expand(identities, view.mesh().trustDomainAliases())));
        }
        if (policy.loadBalancer() != null) {
            balance(policy.loadBalancer(), cluster);
        }
        ConnectionPoolSettings pool = policy.connectionPool();
        if (pool != null && pool.http() != null && pool.http().http2MaxRequests() > 0) {
            cluster.setCircuitBreakers(CircuitBreakers.newBuilder()
                    .addThresholds(CircuitBreakers.Thresholds.newBuilder()
                            .setMaxRequests(Protos.uint32(pool.http().http2MaxRequests()))));
        }
    }

    /** Round robin is gRPC's own default; what it does not know is left at that. */
    private static void balance(LoadBalancerSettings settings, Cluster.Builder cluster) {
        if (settings.consistentHash() != null) {
            hash(settings.consistentHash(), cluster);
        } else if (settings.simple() == SimpleLB.LEAST_REQUEST) {
            cluster.setLbPolicy(Cluster.LbPolicy.LEAST_REQUEST);
        }
    }

    private static void hash(ConsistentHashLB hash, Cluster.Builder cluster) {
        if (hash.maglev() != null) {
            cluster.setLbPolicy(Cluster.LbPolicy.MAGLEV);
            if (hash.maglev().tableSize() != 0) {
                cluster.setMaglevLbConfig(Cluster.MaglevLbConfig.newBuilder()
                        .setTableSize(UInt64Value.of(hash.maglev().tableSize())));
            }
            return;
        }
        cluster.setLbPolicy(Cluster.LbPolicy.RING_HASH);
        long older = hash.minimumRingSize() == 0 ? DEFAULT_RING_SIZE : hash.minimumRingSize();
        long size = hash.ringHash() == null ? older : hash.ringHash().minimumRingSize();
        if (size != 0) {
            cluster.setRingHashLbConfig(Cluster.RingHashLbConfig.newBuilder().setMinimumRingSize(UInt64Value.of(size)));
        }
    }
}
