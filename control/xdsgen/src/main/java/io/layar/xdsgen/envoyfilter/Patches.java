package io.layar.xdsgen.envoyfilter;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.protobuf.Message;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.layar.config.Kinds;
import io.layar.config.Resource;
import io.layar.config.networking.EnvoyFilter;
import io.layar.config.networking.EnvoyFilter.ApplyTo;
import io.layar.config.networking.EnvoyFilter.EnvoyConfigObjectPatch;
import io.layar.config.networking.EnvoyFilter.Patch.Operation;
import io.layar.config.networking.EnvoyFilter.ProxyMatch;
import io.layar.config.type.WorkloadSelector;
import io.layar.config.yaml.Value;
import io.layar.mesh.ProxyView;
import io.layar.mesh.policy.PolicyAttachment;
import io.layar.mesh.proxy.Proxy;
import io.layar.xdsgen.envoy.ConfigMetadata;
import io.layar.xdsgen.envoy.ConfigValues;
import io.layar.xdsgen.envoy.EnvoyTypes;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The patches of all EnvoyFilters that hold for a proxy.
 *
 * <p>Order: by priority, then the root namespace's first, then oldest first; within an EnvoyFilter as written.
 */
public final class Patches {
    /** A longer expression for a version is taken to match nothing: compiling it would be an attack on this process. */
    private static final int MAX_VERSION_PATTERN = 1024;

    private static final ImmutableSet<ApplyTo> ORDERED =
            ImmutableSet.of(ApplyTo.HTTP_FILTER, ApplyTo.NETWORK_FILTER, ApplyTo.HTTP_ROUTE, ApplyTo.LISTENER_FILTER);

    private final ImmutableListMultimap<ApplyTo, Patch> byTarget;
    private final ImmutableList<String> origins;

    private Patches(ImmutableListMultimap<ApplyTo, Patch> byTarget, ImmutableList<String> origins) {
        this.byTarget = byTarget;
        this.origins = origins;
    }

    public static Patches of(ProxyView view) {
        String root = view.mesh().rootNamespace();
        Comparator<Resource<EnvoyFilter>> order = Comparator.<Resource<EnvoyFilter>>comparingInt(
                        filter -> filter.spec().priority())
                .thenComparing(filter -> !filter.namespace().equals(root))
                .thenComparing(PolicyAttachment.oldestFirst());
        ImmutableListMultimap.Builder<ApplyTo, Patch> patches = ImmutableListMultimap.builder();
        ImmutableList.Builder<String> origins = ImmutableList.builder();
        view.config().of(Kinds.ENVOY_FILTER).stream()
                .filter(filter -> holds(filter, view.proxy(), root))
                .sorted(order)
                .forEach(filter -> {
                    origins.add(ConfigMetadata.origin(filter));
                    filter.spec().configPatches().forEach(patch -> add(patch, filter, view.proxy(), patches));
                });
        return new Patches(patches.build(), origins.build());
    }

    private static boolean holds(Resource<EnvoyFilter> filter, Proxy proxy, String root) {
        if (!filter.namespace().equals(root) && !filter.namespace().equals(proxy.namespace())) {
            return false;
        }
        WorkloadSelector selector = filter.spec().workloadSelector() == null
                ? null
                : new WorkloadSelector(filter.spec().workloadSelector().labels());
        return PolicyAttachment.holds(
                proxy, filter.namespace(), selector, filter.spec().targetRefs());
    }

    private static void add(
            EnvoyConfigObjectPatch patch,
            Resource<EnvoyFilter> owner,
            Proxy proxy,
            ImmutableListMultimap.Builder<ApplyTo, Patch> out) {
        Message.Builder type = type(patch.applyTo());
        if (patch.patch() == null
                || type == null
                || (patch.match() != null && !isForProxy(patch.match().proxy(), proxy))) {
            return;
        }
        Value.Obj value = patch.patch().value();
        if (value != null) {
            try {
                EnvoyTypes.fromNewerJson(ConfigValues.json(value), type);
            } catch (IllegalArgumentException e) {
                // Validation has told the user: this patch is of no known type, the others still hold.
                return;
            }
        }
        out.put(
                patch.applyTo(),
                new Patch(
                        patch.applyTo(),
                        operation(patch.applyTo(), patch.patch().operation()),
                        patch.match(),
                        value == null ? null : type.build(),
                        ConfigMetadata.origin(owner)));
    }

    /** Only in lists with an order is there a place to insert at. */
    private static Operation operation(ApplyTo target, Operation operation) {
        boolean inserts = operation == Operation.INSERT_AFTER
                || operation == Operation.INSERT_BEFORE
                || operation == Operation.INSERT_FIRST;
        return inserts && !ORDERED.contains(target) ? Operation.ADD : operation;
    }

    private static Message.@Nullable Builder type(ApplyTo target) {
        return switch (target) {
            case LISTENER -> Listener.newBuilder();
            case FILTER_CHAIN -> FilterChain.newBuilder();
            case NETWORK_FILTER -> Filter.newBuilder();
            case HTTP_FILTER -> HttpFilter.newBuilder();
            case ROUTE_CONFIGURATION -> RouteConfiguration.newBuilder();
            case VIRTUAL_HOST -> VirtualHost.newBuilder();
            case HTTP_ROUTE -> Route.newBuilder();
            case CLUSTER -> Cluster.newBuilder();
            case EXTENSION_CONFIG -> TypedExtensionConfig.newBuilder();
            case BOOTSTRAP -> Bootstrap.newBuilder();
            case LISTENER_FILTER -> ListenerFilter.newBuilder();
            case INVALID -> null;
        };
    }

    private static boolean isForProxy(@Nullable ProxyMatch match, Proxy proxy) {
        if (match == null) {
            return true;
        }
        return isVersion(match.proxyVersion(), proxy.metadata().text("ISTIO_VERSION"))
                && match.metadata().entrySet().stream()
                        .allMatch(entry -> entry.getValue()
                                .equals(proxy.metadata().fields().get(entry.getKey())));
    }

    private static boolean isVersion(String pattern, String version) {
        if (pattern.isEmpty()) {
            return true;
        }
        if (version.isEmpty() || pattern.length() > MAX_VERSION_PATTERN) {
            return false;
        }
        try {
            return Pattern.compile(pattern).matcher(version).find();
        } catch (PatternSyntaxException e) {
            return true;
        }
    }

    ImmutableList<Patch> to(ApplyTo target) {
        return byTarget.get(target);
    }

    public boolean isEmpty() {
        return byTarget.isEmpty();
    }

    /** The EnvoyFilters with patches for the proxy. */
    public ImmutableList<String> origins() {
        return origins;
    }
}
