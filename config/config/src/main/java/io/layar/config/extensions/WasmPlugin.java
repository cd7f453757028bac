package io.layar.config.extensions;

import com.google.common.collect.ImmutableList;
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
        ImmutableList<PolicyTargetReference> targetRefs,
        String url,
        String sha256,
        PullPolicy imagePullPolicy,
        String imagePullSecret,
        String verificationKey,
        Value.@Nullable Obj pluginConfig,
        String pluginName,
        PluginPhase phase,
        @Nullable Integer priority,
        FailStrategy failStrategy,
        @Nullable VmConfig vmConfig,
        ImmutableList<TrafficSelector> match,
        PluginType type) {
    /** The {@code TrafficSelector} message of {@link WasmPlugin}. */
    public record TrafficSelector(WorkloadMode mode, ImmutableList<PortSelector> ports) {}
}
