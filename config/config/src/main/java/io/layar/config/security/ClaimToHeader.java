package io.layar.config.security;

/** A claim that is copied into a request header. */
public record ClaimToHeader(String header, String claim) {}
