package io.layar.proxy.server;

import io.layar.proxy.core.config.ConfigRejected;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML into maps, lists and scalars. Loaded only where YAML occurs. */
public final class YamlTree {
    private YamlTree() {}

    /** Errors: {@link ConfigRejected} with the place in the text. */
    public static @Nullable Object parse(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(50)
                .setCodePointLimit(64 * 1024 * 1024)
                .build();
        try {
            return new Load(settings).loadFromString(text);
        } catch (YamlEngineException e) {
            throw new ConfigRejected("", "Unable to parse YAML: " + e.getMessage());
        }
    }
}
