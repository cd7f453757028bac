package io.layar.config.networking;

/** A path rewrite by regular expression (RE2). */
public record RegexRewrite(String match, String rewrite) {}
