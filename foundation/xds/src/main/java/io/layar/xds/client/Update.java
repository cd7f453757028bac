package io.layar.xds.client;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.Any;
import io.layar.xds.TypeUrl;

/**
 * What a response says.
 *
 * <p>Shape: {@code complete} means that whatever is not in it is gone; otherwise {@code removed} names what is gone.
 */
public record Update(
        TypeUrl type, boolean complete, ImmutableList<Item> resources, ImmutableList<String> removed, String version) {

    /** One resource of a response; {@code version} is its own in a delta response, else that of the response. */
    public record Item(String name, String version, Any body) {}
}
