package io.layar.config.extensions;

/** Where the value of an environment variable comes from. */
public enum EnvValueSource {
    INLINE,
    HOST
}
