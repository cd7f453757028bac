package io.layar.config.extensions;

import com.google.common.collect.ImmutableList;
import io.layar.config.type.PortSelector;
import io.layar.config.type.WorkloadMode;

/** The traffic that an extension sees: direction and ports, both of which must match. */
public record TrafficSelector(WorkloadMode mode, ImmutableList<PortSelector> ports) {}
