package io.layar.mesh.service;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service of the mesh, from Kubernetes or from a ServiceEntry.
 *
 * <p>Shape: {@code addresses} are the virtual addresses by cluster id; {@code defaultAddress} is the first of them,
 * {@link #UNSPECIFIED} when there is none, or a CIDR. Thread: any (immutable).
 */
public record Service(
        String hostname,
        String namespace,
        String name,
        Registry registry,
        Resolution resolution,
        boolean meshExternal,
        ImmutableList<ServicePort> ports,
        Addresses addresses,
        Visibility exportTo,
        ImmutableSortedMap<String, String> labels,
        ImmutableSortedMap<String, String> selector,
        ImmutableSortedSet<String> serviceAccounts,
        KubernetesTraits kubernetes,
        @Nullable Instant created,
        ImmutableList<String> origins) {
    public static final String UNSPECIFIED = "0.0.0.0";

    /** Virtual addresses of a service; {@code autoV4} and {@code autoV6} are allocated and empty when not. */
    public record Addresses(
            String defaultAddress,
            ImmutableSortedMap<String, ImmutableList<String>> byCluster,
            String autoV4,
            String autoV6) {
        public static final Addresses NONE = new Addresses(UNSPECIFIED, ImmutableSortedMap.of(), "", "");
    }

    /** What only Kubernetes services have. {@code external*}: where a gateway in front of this network is reached. */
    public record KubernetesTraits(
            String type,
            String externalName,
            boolean nodeLocal,
            boolean publishNotReadyAddresses,
            TrafficDistribution trafficDistribution,
            ImmutableList<String> externalAddresses,
            ImmutableMap<Integer, Integer> nodePorts,
            ImmutableMap<Integer, Integer> passthroughTargetPorts,
            ImmutableList<ServiceKey> aliases,
            boolean raceFirstTcpConnect,
            boolean persistentSession) {
        public static final KubernetesTraits NONE = new KubernetesTraits(
                "",
                "",
                false,
                false,
                TrafficDistribution.ANY,
                ImmutableList.of(),
                ImmutableMap.of(),
                ImmutableMap.of(),
                ImmutableList.of(),
                false,
                false);
    }

    public ServiceKey key() {
        return new ServiceKey(hostname, namespace);
    }

    public boolean isKubernetes() {
        return registry == Registry.KUBERNETES;
    }

    public boolean isWildcard() {
        return hostname.startsWith("*");
    }

    /** A service without a virtual address whose clients address its pods. */
    public boolean isHeadless() {
        return resolution == Resolution.PASSTHROUGH
                && addresses.defaultAddress().equals(UNSPECIFIED);
    }

    public @Nullable ServicePort port(int number) {
        for (ServicePort port : ports) {
            if (port.port() == number) {
                return port;
            }
        }
        return null;
    }

    public @Nullable ServicePort portNamed(String portName) {
        for (ServicePort port : ports) {
            if (port.name().equals(portName)) {
                return port;
            }
        }
        return null;
    }

    /** The same service with only {@code some} of its ports. */
    public Service withPorts(ImmutableList<ServicePort> some) {
        return new Service(
                hostname,
                namespace,
                name,
                registry,
                resolution,
                meshExternal,
                some,
                addresses,
                exportTo,
                labels,
                selector,
                serviceAccounts,
                kubernetes,
                created,
                origins);
    }

    /** The same service with other names that lead to it. */
    public Service withAliases(List<ServiceKey> aliases) {
        KubernetesTraits k = kubernetes;
        var traits = new KubernetesTraits(
                k.type,
                k.externalName,
                k.nodeLocal,
                k.publishNotReadyAddresses,
                k.trafficDistribution,
                k.externalAddresses,
                k.nodePorts,
                k.passthroughTargetPorts,
                ImmutableList.copyOf(aliases),
                k.raceFirstTcpConnect,
                k.persistentSession);
        return new Service(
                hostname,
                namespace,
                name,
                registry,
                resolution,
                meshExternal,
                ports,
                addresses,
                exportTo,
                labels,
                selector,
                serviceAccounts,
                traits,
                created,
                origins);
    }

    /** The same service with addresses allocated to it. */
    public Service withAddresses(Addresses others) {
        return new Service(
                hostname,
                namespace,
                name,
                registry,
                resolution,
                meshExternal,
                ports,
                others,
                exportTo,
                labels,
                selector,
                serviceAccounts,
                kubernetes,
                created,
                origins);
    }
}
