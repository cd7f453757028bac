package io.layar.config.extensions;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Limits;
import io.layar.config.decode.OneOf;
import io.layar.config.type.PolicyTargetReference;
import io.layar.config.type.WorkloadSelector;
import org.jspecify.annotations.Nullable;

/** A WebAssembly or Lua filter that is put into the proxies that the selector or the target references name. */
public record TrafficExtension(
        @Nullable WorkloadSelector selector,
        @Limits(maxSize = 16) ImmutableList<PolicyTargetReference> targetRefs,
        ExecutionPhase phase,
        @Nullable Integer priority,
        ImmutableList<TrafficSelector> match,
        @OneOf("filter_config") @Nullable WasmConfig wasm,
        @OneOf("filter_config") @Nullable LuaConfig lua) {
    /** The values of {@code ExecutionPhase} in {@link TrafficExtension}. */
    public enum ExecutionPhase {
        UNSPECIFIED,
        AUTHN,
        AUTHZ,
        STATS
    }
}
