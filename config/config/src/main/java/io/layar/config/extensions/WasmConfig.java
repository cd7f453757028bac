package io.layar.config.extensions;

import io.layar.config.decode.Limits;
import io.layar.config.decode.Required;
import io.layar.config.yaml.Value;
import org.jspecify.annotations.Nullable;

/** Where a WebAssembly module comes from, how it is fetched and what it is told. */
public record WasmConfig(
        @Required @Limits(minSize = 1) String url,
        @Limits(pattern = "(^$|^[a-f0-9]{64}$)") String sha256,
        PullPolicy imagePullPolicy,
        @Limits(minSize = 1, maxSize = 253) String imagePullSecret,
        String verificationKey,
        Value.@Nullable Obj pluginConfig,
        @Limits(minSize = 1, maxSize = 256) String pluginName,
        FailStrategy failStrategy,
        @Nullable VmConfig vmConfig,
        PluginType type) {}
