package io.layar.xds.session;

import com.google.common.collect.ImmutableList;
import io.layar.xds.TypeUrl;
import io.layar.xds.XdsResource;
import java.util.List;

/** A response ready for the wire, and what is in it. {@code R} is the response message. */
public record Sent<R>(
        TypeUrl type, R message, List<XdsResource> resources, ImmutableList<String> removed, String nonce) {}
