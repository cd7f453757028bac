package io.layar.config.networking;

import org.jspecify.annotations.Nullable;

/** What path and authority become before the request is forwarded. */
public record HTTPRewrite(
        String uri, String authority, @Nullable RegexRewrite uriRegexRewrite) {}
