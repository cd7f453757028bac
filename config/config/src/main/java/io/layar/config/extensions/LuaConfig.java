package io.layar.config.extensions;

import io.layar.config.decode.Limits;
import io.layar.config.decode.Required;

/** A Lua script, inline. */
public record LuaConfig(
        @Required @Limits(minSize = 1, maxSize = 65536) String inlineCode) {}
