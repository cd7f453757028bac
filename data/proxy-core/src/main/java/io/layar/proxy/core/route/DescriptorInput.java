package io.layar.proxy.core.route;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.stream.StreamInfo;

/** What descriptors are made of. {@code sourceCluster} is our node's cluster, {@code cluster} where the request goes. */
public record DescriptorInput(HeaderMap headers, StreamInfo info, String sourceCluster, String cluster) {}
