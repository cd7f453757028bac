package io.layar.config.networking;

import io.layar.config.decode.Limits;

/** A header of a probe. */
public record HTTPHeader(
        @Limits(pattern = "^[-_A-Za-z0-9]+$") String name, String value) {}
