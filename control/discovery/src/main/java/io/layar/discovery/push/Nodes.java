package io.layar.discovery.push;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Extension;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.layar.mesh.proxy.NodeMetadata;
import io.layar.mesh.proxy.Proxy;
import io.layar.mesh.service.Locality;

/** The proxy that an xDS node describes. */
public final class Nodes {
    private Nodes() {}

    /**
     * Reads a node.
     *
     * @throws IllegalArgumentException when its id is of another shape than {@code type~ip~id~domain}
     */
    public static Proxy proxyOf(Node node) {
        Locality locality = new Locality(
                node.getLocality().getRegion(),
                node.getLocality().getZone(),
                node.getLocality().getSubZone());
        ImmutableSet.Builder<String> extensions = ImmutableSet.builder();
        for (Extension extension : node.getExtensionsList()) {
            if (!extension.getDisabled()) {
                extensions.add(extension.getName());
                extensions.addAll(extension.getTypeUrlsList());
            }
        }
        return Proxy.of(
                node.getId(),
                node.getCluster(),
                NodeMetadata.of(fields(node.getMetadata())),
                locality,
                extensions.build());
    }

    private static ImmutableMap<String, Object> fields(Struct struct) {
        ImmutableMap.Builder<String, Object> fields = ImmutableMap.builder();
        struct.getFieldsMap().forEach((name, value) -> {
            if (value.getKindCase() != Value.KindCase.NULL_VALUE) {
                fields.put(name, plain(value));
            }
        });
        return fields.buildOrThrow();
    }

    private static Object plain(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> value.getStringValue();
            case NUMBER_VALUE -> value.getNumberValue();
            case BOOL_VALUE -> value.getBoolValue();
            case STRUCT_VALUE -> fields(value.getStructValue());
            case LIST_VALUE ->
                value.getListValue().getValuesList().stream()
                        .filter(item -> item.getKindCase() != Value.KindCase.NULL_VALUE)
                        .map(Nodes::plain)
                        .collect(ImmutableList.toImmutableList());
            case NULL_VALUE, KIND_NOT_SET -> "";
        };
    }
}
