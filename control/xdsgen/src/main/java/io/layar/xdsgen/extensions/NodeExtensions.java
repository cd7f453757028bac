package io.layar.xdsgen.extensions;

import com.github.udpa.udpa.type.v1.TypedStruct;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.layar.mesh.proxy.Proxy;
import io.layar.xdsgen.XdsResource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node says about its extensions decides what it gets.
 *
 * <p>A filter, an access logger or a filter's settings on a route stay when the node names either the extension or the type
 * of its configuration. A node that names nothing has Istio's build, and gets everything. Thread: any (immutable).
 */
public final class NodeExtensions {
    private static final String TYPED_STRUCT = "udpa.type.v1.TypedStruct";
    private static final String XDS_TYPED_STRUCT = "xds.type.v3.TypedStruct";

    private final ImmutableSet<String> known;

    private NodeExtensions(ImmutableSet<String> known) {
        this.known = known;
    }

    public static NodeExtensions of(Proxy proxy) {
        return new NodeExtensions(proxy.extensions());
    }

    /** @param known names of extensions and full names of configuration messages; empty for all */
    public static NodeExtensions of(ImmutableSet<String> known) {
        return new NodeExtensions(known);
    }

    /** Is everything there that Istio's build has? */
    public boolean isComplete() {
        return known.isEmpty();
    }

    /** The resources without what the node lacks. Order: kept. An extension configuration that it lacks is left out whole. */
    public ImmutableList<XdsResource> restrict(List<XdsResource> resources) {
        if (isComplete()) {
            return ImmutableList.copyOf(resources);
        }
        var out = ImmutableList.<XdsResource>builder();
        for (XdsResource resource : resources) {
            Message message = restrict(resource.message());
            if (message == resource.message()) {
                out.add(resource);
            } else if (message != null) {
                out.add(new XdsResource(resource.name(), message, resource.provenance()));
            }
        }
        return out.build();
    }

    private @Nullable Message restrict(Message message) {
        return switch (message) {
            case Listener listener -> new ListenerRestriction(this).of(listener);
            case Cluster cluster -> of(cluster);
            case RouteConfiguration routes -> RouteRestriction.of(this, routes);
            case TypedExtensionConfig extension ->
                has(extension.getName(), extension.getTypedConfig()) ? extension : null;
            default -> message;
        };
    }

    private Cluster of(Cluster cluster) {
        if (cluster.getFiltersList().stream().allMatch(f -> has(f.getName(), f.getTypedConfig()))) {
            return cluster;
        }
        Cluster.Builder out = cluster.toBuilder().clearFilters();
        cluster.getFiltersList().stream()
                .filter(f -> has(f.getName(), f.getTypedConfig()))
                .forEach(out::addFilters);
        return out.build();
    }

    /** Does the node have the extension that goes by this name, or that takes this configuration? */
    boolean has(String name, Any config) {
        return isComplete() || known.contains(name) || known.contains(typeName(config));
    }

    /** Does it have one that takes this type? */
    boolean hasType(String typeUrl) {
        return isComplete() || known.contains(simple(typeUrl));
    }

    /** The type that counts: the one that a {@code TypedStruct} stands for. */
    private static String typeName(Any config) {
        String name = simple(config.getTypeUrl());
        try {
            return switch (name) {
                case TYPED_STRUCT ->
                    simple(TypedStruct.parseFrom(config.getValue()).getTypeUrl());
                case XDS_TYPED_STRUCT ->
                    simple(com.github.xds.type.v3.TypedStruct.parseFrom(config.getValue())
                            .getTypeUrl());
                default -> name;
            };
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("bytes of " + name + " (expected: a message of that type)", e);
        }
    }

    private static String simple(String typeUrl) {
        return typeUrl.substring(typeUrl.lastIndexOf('/') + 1);
    }
}
