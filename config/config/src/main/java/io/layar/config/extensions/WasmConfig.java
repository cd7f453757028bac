package io.layar.config.extensions;

import io.layar.config.yaml.Value;
import org.jspecify.annotations.Nullable;

/** Where a WebAssembly module comes from, how it is fetched and what it is told. */
public record WasmConfig(
        String url,
        String sha256,
        PullPolicy imagePullPolicy,
        String imagePullSecret,
        String verificationKey,
        Value.@Nullable Obj pluginConfig,
        String pluginName,
        FailStrategy failStrategy,
        @Nullable VmConfig vmConfig,
        PluginType type) {}
