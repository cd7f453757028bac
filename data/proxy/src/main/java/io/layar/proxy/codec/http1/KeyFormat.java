package io.layar.proxy.codec.http1;

/** How header names are spelled on the wire. Source: {@code header_key_format}. */
public enum KeyFormat {
    LOWER_CASE,
    PROPER_CASE_WORDS,
    /** As they came from the other side. */
    PRESERVE_CASE,
    /** As they came, and the reason phrase of a response too. */
    PRESERVE_CASE_AND_REASON,
    /** As they came; names that the proxy adds in proper case. */
    PRESERVE_CASE_PROPER_ELSE;

    boolean keepsWireForm() {
        return this == PRESERVE_CASE || this == PRESERVE_CASE_AND_REASON || this == PRESERVE_CASE_PROPER_ELSE;
    }
}
