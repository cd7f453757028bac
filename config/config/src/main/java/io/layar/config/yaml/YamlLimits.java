package io.layar.config.yaml;

/**
 * What a text may cost before it is refused.
 *
 * <p>Units: bytes of a file; values of one document with aliases written out; levels of nesting.
 */
public record YamlLimits(int fileBytes, int documentValues, int depth) {
    public static final YamlLimits DEFAULT = new YamlLimits(32 << 20, 1_000_000, 200);
}
