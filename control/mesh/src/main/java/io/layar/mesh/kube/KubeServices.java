package io.layar.mesh.kube;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.layar.config.Resource;
import io.layar.config.kubernetes.LoadBalancerStatus;
import io.layar.config.kubernetes.Service.ServiceSpec;
import io.layar.mesh.MeshSettings;
import io.layar.mesh.service.Registry;
import io.layar.mesh.service.Resolution;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServicePort;
import io.layar.mesh.service.TrafficDistribution;
import io.layar.mesh.service.Visibility;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Kubernetes Service as a service of the mesh. */
public final class KubeServices {
    static final String EXPORT_TO = "networking.istio.io/exportTo";
    private static final String TRAFFIC_DISTRIBUTION = "networking.istio.io/traffic-distribution";
    private static final String NODE_SELECTOR = "traffic.istio.io/nodeSelector";
    private static final String CANONICAL_ACCOUNTS = "alpha.istio.io/canonical-serviceaccounts";
    private static final String KUBERNETES_ACCOUNTS = "alpha.istio.io/kubernetes-serviceaccounts";
    private static final String NO_CLUSTER_IP = "None";

    private KubeServices() {}

    public static String hostname(String name, String namespace, String domain) {
        return name + "." + namespace + ".svc." + domain;
    }

    static Service convert(
            Resource<io.layar.config.kubernetes.Service> resource,
            Map<String, String> namespaceAnnotations,
            String trustDomain,
            MeshSettings settings) {
        ServiceSpec spec = resource.spec().spec();
        var meta = resource.metadata();
        boolean alias = spec != null
                && spec.type().equals("ExternalName")
                && !spec.externalName().isEmpty();
        ImmutableList<String> addresses = addresses(spec);
        return new Service(
                hostname(meta.name(), meta.namespace(), settings.domain()),
                meta.namespace(),
                meta.name(),
                Registry.KUBERNETES,
                resolution(spec, alias),
                alias,
                ports(spec),
                new Service.Addresses(
                        addresses.getFirst(), ImmutableSortedMap.of(settings.clusterId(), addresses), "", ""),
                exportTo(meta.annotations().get(EXPORT_TO), meta.namespace()),
                ImmutableSortedMap.copyOf(meta.labels()),
                spec == null ? ImmutableSortedMap.of() : ImmutableSortedMap.copyOf(spec.selector()),
                accounts(meta.annotations(), meta.namespace(), trustDomain),
                traits(resource, namespaceAnnotations, alias),
                meta.creationTimestamp(),
                ImmutableList.of(Origin.of(resource)));
    }

    private static Resolution resolution(@Nullable ServiceSpec spec, boolean alias) {
        if (spec != null && spec.clusterIP().equals(NO_CLUSTER_IP)) {
            return Resolution.PASSTHROUGH;
        }
        return alias ? Resolution.ALIAS : Resolution.CLIENT_SIDE_LB;
    }

    private static ImmutableList<String> addresses(@Nullable ServiceSpec spec) {
        if (spec == null || spec.clusterIP().isEmpty() || spec.clusterIP().equals(NO_CLUSTER_IP)) {
            return ImmutableList.of(Service.UNSPECIFIED);
        }
        return spec.clusterIPs().size() > 1 ? spec.clusterIPs() : ImmutableList.of(spec.clusterIP());
    }

    private static ImmutableList<ServicePort> ports(@Nullable ServiceSpec spec) {
        var out = ImmutableList.<ServicePort>builder();
        if (spec != null) {
            for (var port : spec.ports()) {
                out.add(new ServicePort(
                        port.name(),
                        port.port(),
                        PortProtocols.of(port.port(), port.name(), port.protocol(), port.appProtocol())));
            }
        }
        return out.build();
    }

    private static Visibility exportTo(@Nullable String annotation, String namespace) {
        if (annotation == null || annotation.isEmpty()) {
            return Visibility.UNSET;
        }
        return Visibility.of(Splitter.on(',').trimResults().splitToList(annotation), namespace);
    }

    private static ImmutableSortedSet<String> accounts(
            Map<String, String> annotations, String namespace, String trustDomain) {
        var out = ImmutableSortedSet.<String>naturalOrder();
        String canonical = annotations.getOrDefault(CANONICAL_ACCOUNTS, "");
        if (!canonical.isEmpty()) {
            out.addAll(Splitter.on(',').split(canonical));
        }
        String names = annotations.getOrDefault(KUBERNETES_ACCOUNTS, "");
        if (!names.isEmpty()) {
            for (String name : Splitter.on(',').split(names)) {
                out.add(spiffe(trustDomain, namespace, name));
            }
        }
        return out.build();
    }

    static String spiffe(String trustDomain, String namespace, String account) {
        return "spiffe://" + trustDomain + "/ns/" + namespace + "/sa/" + account;
    }

    private static Service.KubernetesTraits traits(
            Resource<io.layar.config.kubernetes.Service> resource,
            Map<String, String> namespaceAnnotations,
            boolean alias) {
        ServiceSpec spec = resource.spec().spec();
        var meta = resource.metadata();
        if (spec == null) {
            return Service.KubernetesTraits.NONE;
        }
        boolean persistent = meta.labels().containsKey("istio.io/persistent-session")
                || meta.labels().containsKey("istio.io/persistent-session-header");
        return new Service.KubernetesTraits(
                spec.type(),
                alias ? spec.externalName() : "",
                "Local".equals(spec.internalTrafficPolicy()),
                spec.publishNotReadyAddresses(),
                distribution(spec.trafficDistribution(), meta.annotations(), namespaceAnnotations),
                externalAddresses(spec, resource.spec().status()),
                nodePorts(spec, meta.annotations()),
                ImmutableMap.of(),
                ImmutableList.of(),
                false,
                persistent);
    }

    private static ImmutableMap<Integer, Integer> nodePorts(ServiceSpec spec, Map<String, String> annotations) {
        if (!spec.type().equals("NodePort") || !annotations.containsKey(NODE_SELECTOR)) {
            return ImmutableMap.of();
        }
        var out = ImmutableMap.<Integer, Integer>builder();
        spec.ports().forEach(port -> out.put(port.port(), port.nodePort()));
        return out.buildKeepingLast();
    }

    private static ImmutableList<String> externalAddresses(
            ServiceSpec spec, io.layar.config.kubernetes.Service.@Nullable ServiceStatus status) {
        var out = ImmutableList.<String>builder();
        LoadBalancerStatus balancer = status == null ? null : status.loadBalancer();
        if (spec.type().equals("LoadBalancer") && balancer != null) {
            for (var ingress : balancer.ingress()) {
                if (!ingress.ip().isEmpty()) {
                    out.add(ingress.ip());
                } else if (!ingress.hostname().isEmpty()) {
                    out.add(ingress.hostname());
                }
            }
        }
        return out.addAll(spec.externalIPs()).build();
    }

    /** The field wins over the service's annotation, that over the namespace's. */
    static TrafficDistribution distribution(
            @Nullable String field, Map<String, String> annotations, Map<String, String> namespaceAnnotations) {
        TrafficDistribution byField = distribution(field);
        if (byField != TrafficDistribution.ANY) {
            return byField;
        }
        String own = annotations.getOrDefault(TRAFFIC_DISTRIBUTION, "");
        return distribution(own.isEmpty() ? namespaceAnnotations.get(TRAFFIC_DISTRIBUTION) : own);
    }

    private static TrafficDistribution distribution(@Nullable String text) {
        return switch (text == null ? "" : text.toLowerCase(Locale.ROOT)) {
            case "preferclose", "prefersamezone" -> TrafficDistribution.PREFER_SAME_ZONE;
            case "prefersamenode" -> TrafficDistribution.PREFER_SAME_NODE;
            default -> TrafficDistribution.ANY;
        };
    }
}
