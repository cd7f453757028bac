package io.layar.config;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.layar.config.Kind.Body;
import io.layar.config.Kind.Scope;
import io.layar.config.extensions.TrafficExtension;
import io.layar.config.extensions.WasmPlugin;
import io.layar.config.kubernetes.ConfigMap;
import io.layar.config.kubernetes.DaemonSet;
import io.layar.config.kubernetes.Deployment;
import io.layar.config.kubernetes.EndpointSlice;
import io.layar.config.kubernetes.Endpoints;
import io.layar.config.kubernetes.Ingress;
import io.layar.config.kubernetes.IngressClass;
import io.layar.config.kubernetes.Namespace;
import io.layar.config.kubernetes.Node;
import io.layar.config.kubernetes.Pod;
import io.layar.config.kubernetes.Secret;
import io.layar.config.kubernetes.Service;
import io.layar.config.kubernetes.ServiceAccount;
import io.layar.config.kubernetes.StatefulSet;
import io.layar.config.meta.IstioStatus;
import io.layar.config.networking.DestinationRule;
import io.layar.config.networking.EnvoyFilter;
import io.layar.config.networking.Gateway;
import io.layar.config.networking.ProxyConfig;
import io.layar.config.networking.ServiceEntry;
import io.layar.config.networking.ServiceEntryStatus;
import io.layar.config.networking.Sidecar;
import io.layar.config.networking.VirtualService;
import io.layar.config.networking.WorkloadEntry;
import io.layar.config.networking.WorkloadGroup;
import io.layar.config.security.AuthorizationPolicy;
import io.layar.config.security.PeerAuthentication;
import io.layar.config.security.RequestAuthentication;
import io.layar.config.telemetry.Telemetry;
import org.jspecify.annotations.Nullable;

/** Every kind that is known. Order of {@link #ALL}: as declared. */
public final class Kinds {
    public static final Kind<VirtualService> VIRTUAL_SERVICE = istio(
            "networking.istio.io", "virtualservices", "v1 v1beta1 v1alpha3", VirtualService.class, IstioStatus.class);
    public static final Kind<DestinationRule> DESTINATION_RULE = istio(
            "networking.istio.io", "destinationrules", "v1 v1beta1 v1alpha3", DestinationRule.class, IstioStatus.class);
    public static final Kind<Gateway> GATEWAY =
            istio("networking.istio.io", "gateways", "v1 v1beta1 v1alpha3", Gateway.class, IstioStatus.class);
    public static final Kind<ServiceEntry> SERVICE_ENTRY = istio(
            "networking.istio.io",
            "serviceentries",
            "v1 v1beta1 v1alpha3",
            ServiceEntry.class,
            ServiceEntryStatus.class);
    public static final Kind<Sidecar> SIDECAR =
            istio("networking.istio.io", "sidecars", "v1 v1beta1 v1alpha3", Sidecar.class, IstioStatus.class);
    public static final Kind<WorkloadEntry> WORKLOAD_ENTRY = istio(
            "networking.istio.io", "workloadentries", "v1 v1beta1 v1alpha3", WorkloadEntry.class, IstioStatus.class);
    public static final Kind<WorkloadGroup> WORKLOAD_GROUP = istio(
            "networking.istio.io", "workloadgroups", "v1 v1beta1 v1alpha3", WorkloadGroup.class, IstioStatus.class);
    public static final Kind<EnvoyFilter> ENVOY_FILTER =
            istio("networking.istio.io", "envoyfilters", "v1alpha3", EnvoyFilter.class, IstioStatus.class);
    public static final Kind<ProxyConfig> PROXY_CONFIG =
            istio("networking.istio.io", "proxyconfigs", "v1beta1", ProxyConfig.class, IstioStatus.class);
    public static final Kind<AuthorizationPolicy> AUTHORIZATION_POLICY = istio(
            "security.istio.io", "authorizationpolicies", "v1 v1beta1", AuthorizationPolicy.class, IstioStatus.class);
    public static final Kind<PeerAuthentication> PEER_AUTHENTICATION = istio(
            "security.istio.io", "peerauthentications", "v1 v1beta1", PeerAuthentication.class, IstioStatus.class);
    public static final Kind<RequestAuthentication> REQUEST_AUTHENTICATION = istio(
            "security.istio.io",
            "requestauthentications",
            "v1 v1beta1",
            RequestAuthentication.class,
            IstioStatus.class);
    public static final Kind<Telemetry> TELEMETRY =
            istio("telemetry.istio.io", "telemetries", "v1 v1alpha1", Telemetry.class, IstioStatus.class);
    public static final Kind<WasmPlugin> WASM_PLUGIN =
            istio("extensions.istio.io", "wasmplugins", "v1alpha1", WasmPlugin.class, IstioStatus.class);
    public static final Kind<TrafficExtension> TRAFFIC_EXTENSION =
            istio("extensions.istio.io", "trafficextensions", "v1alpha1", TrafficExtension.class, IstioStatus.class);
    public static final Kind<Namespace> NAMESPACE = kubernetes("", "namespaces", "v1", Scope.CLUSTER, Namespace.class);
    public static final Kind<Service> SERVICE = kubernetes("", "services", "v1", Scope.NAMESPACED, Service.class);
    public static final Kind<ServiceAccount> SERVICE_ACCOUNT =
            kubernetes("", "serviceaccounts", "v1", Scope.NAMESPACED, ServiceAccount.class);
    public static final Kind<Secret> SECRET = kubernetes("", "secrets", "v1", Scope.NAMESPACED, Secret.class);
    public static final Kind<ConfigMap> CONFIG_MAP =
            kubernetes("", "configmaps", "v1", Scope.NAMESPACED, ConfigMap.class);
    public static final Kind<Pod> POD = kubernetes("", "pods", "v1", Scope.NAMESPACED, Pod.class);
    public static final Kind<Endpoints> ENDPOINTS =
            kubernetes("", "endpoints", "v1", Scope.NAMESPACED, Endpoints.class);
    public static final Kind<Node> NODE = kubernetes("", "nodes", "v1", Scope.CLUSTER, Node.class);
    public static final Kind<Deployment> DEPLOYMENT =
            kubernetes("apps", "deployments", "v1", Scope.NAMESPACED, Deployment.class);
    public static final Kind<StatefulSet> STATEFUL_SET =
            kubernetes("apps", "statefulsets", "v1", Scope.NAMESPACED, StatefulSet.class);
    public static final Kind<DaemonSet> DAEMON_SET =
            kubernetes("apps", "daemonsets", "v1", Scope.NAMESPACED, DaemonSet.class);
    public static final Kind<EndpointSlice> ENDPOINT_SLICE =
            kubernetes("discovery.k8s.io", "endpointslices", "v1 v1beta1", Scope.NAMESPACED, EndpointSlice.class);
    public static final Kind<Ingress> INGRESS =
            kubernetes("networking.k8s.io", "ingresses", "v1", Scope.NAMESPACED, Ingress.class);
    public static final Kind<IngressClass> INGRESS_CLASS =
            kubernetes("networking.k8s.io", "ingressclasses", "v1", Scope.CLUSTER, IngressClass.class);

    public static final ImmutableList<Kind<?>> ALL = ImmutableList.of(
            VIRTUAL_SERVICE,
            DESTINATION_RULE,
            GATEWAY,
            SERVICE_ENTRY,
            SIDECAR,
            WORKLOAD_ENTRY,
            WORKLOAD_GROUP,
            ENVOY_FILTER,
            PROXY_CONFIG,
            AUTHORIZATION_POLICY,
            PEER_AUTHENTICATION,
            REQUEST_AUTHENTICATION,
            TELEMETRY,
            WASM_PLUGIN,
            TRAFFIC_EXTENSION,
            NAMESPACE,
            SERVICE,
            SERVICE_ACCOUNT,
            SECRET,
            CONFIG_MAP,
            POD,
            ENDPOINTS,
            NODE,
            DEPLOYMENT,
            STATEFUL_SET,
            DAEMON_SET,
            ENDPOINT_SLICE,
            INGRESS,
            INGRESS_CLASS);

    private static final ImmutableMap<String, Kind<?>> BY_NAME = byName();

    private Kinds() {}

    /** The kind of this group and name in any version, or null if there is none. */
    public static @Nullable Kind<?> find(String group, String name) {
        return BY_NAME.get(group + "/" + name);
    }

    /** The group of an {@code apiVersion}: empty for the core group. */
    public static String groupOf(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** The version of an {@code apiVersion}. */
    public static String versionOf(String apiVersion) {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    private static ImmutableMap<String, Kind<?>> byName() {
        var names = ImmutableMap.<String, Kind<?>>builder();
        ALL.forEach(kind -> names.put(kind.group() + "/" + kind.name(), kind));
        return names.buildOrThrow();
    }

    private static <S extends Record> Kind<S> istio(
            String group, String plural, String versions, Class<S> type, Class<? extends Record> status) {
        return new Kind<>(
                group, type.getSimpleName(), plural, split(versions), Scope.NAMESPACED, Body.SPEC, type, status);
    }

    private static <S extends Record> Kind<S> kubernetes(
            String group, String plural, String versions, Scope scope, Class<S> type) {
        return new Kind<>(group, type.getSimpleName(), plural, split(versions), scope, Body.WHOLE, type, null);
    }

    private static ImmutableList<String> split(String versions) {
        return ImmutableList.copyOf(Splitter.on(' ').split(versions));
    }
}
