package io.layar.config.extensions;

import com.google.common.collect.ImmutableList;
import io.layar.config.decode.Limits;
import io.layar.config.decode.Required;
import io.layar.config.type.PolicyTargetReference;
import io.layar.config.type.PortSelector;
import io.layar.config.type.WorkloadMode;
import io.layar.config.type.WorkloadSelector;
import io.layar.config.yaml.Value;
import org.jspecify.annotations.Nullable;

/** A WebAssembly filter for the proxies that the selector or the target references name. */
public record WasmPlugin(
        @Nullable WorkloadSelector selector,
        @Nullable PolicyTargetReference targetRef,
        @Limits(maxSize = 16) ImmutableList<PolicyTargetReference> targetRefs,
        @Required @Limits(minSize = 1) String url,
        @Limits(pattern = "(^$|^[a-f0-9]{64}$)") String sha256,
        PullPolicy imagePullPolicy,
        @Limits(minSize = 1, maxSize = 253) String imagePullSecret,
        String verificationKey,
        Value.@Nullable Obj pluginConfig,
        @Limits(minSize = 1, maxSize = 256) String pluginName,
        PluginPhase phase,
        @Nullable Integer priority,
        FailStrategy failStrategy,
        @Nullable VmConfig vmConfig,
        ImmutableList<TrafficSelector> match,
        PluginType type) {
    /** The {@code TrafficSelector} message of {@link WasmPlugin}. */
    public record TrafficSelector(WorkloadMode mode, ImmutableList<PortSelector> ports) {}
}
