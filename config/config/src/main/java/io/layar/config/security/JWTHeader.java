package io.layar.config.security;

/** A header that carries a token, and what comes before the token in it. */
public record JWTHeader(String name, String prefix) {}
