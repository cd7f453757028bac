package io.layar.proxy.core.match;

import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher.PathSegment;
import io.layar.proxy.core.stream.Metadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule on one value of metadata. Thread: any (immutable). */
public record MetadataMatcher(String namespace, List<String> path, ValueMatcher value, boolean invert) {
    public static MetadataMatcher compile(io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher proto, String field) {
        return new MetadataMatcher(
                proto.getFilter(),
                proto.getPathList().stream().map(PathSegment::getKey).toList(),
                ValueMatcher.compile(proto.getValue(), field + ".value"),
                proto.getInvert());
    }

    public boolean matches(Metadata metadata) {
        return value.matches(find(metadata)) != invert;
    }

    /** The value at the path, or null. */
    public @Nullable Object find(Metadata metadata) {
        return metadata.get(namespace, path);
    }
}
