package io.layar.config.extensions;

/** What happens to traffic when a plug-in cannot be loaded or fails. */
public enum FailStrategy {
    FAIL_CLOSE,
    FAIL_OPEN,
    FAIL_RELOAD
}
