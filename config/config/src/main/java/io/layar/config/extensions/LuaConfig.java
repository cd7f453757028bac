package io.layar.config.extensions;

/** A Lua script, inline. */
public record LuaConfig(String inlineCode) {}
