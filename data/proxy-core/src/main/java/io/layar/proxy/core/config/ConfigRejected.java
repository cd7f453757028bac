package io.layar.proxy.core.config;

/**
 * A configuration that cannot be honoured. The boundary that compiles (start, xDS update) turns it into a start error or a NACK.
 *
 * <p>Shape: {@code path} names the field from the resource's root in proto names, {@code filter_chains[0].filters[1].name}; empty for
 * the resource itself. {@code reason} is a sentence without the path.
 */
public final class ConfigRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String reason;

    public ConfigRejected(String path, String reason) {
        super(path.isEmpty() ? reason : path + ": " + reason, null, false, false);
        this.path = path;
        this.reason = reason;
    }

    public String field() {
        return path;
    }

    public String reason() {
        return reason;
    }

    /** The same refusal seen from an enclosing message: {@code prefix} goes before the path. */
    public ConfigRejected within(String prefix) {
        return new ConfigRejected(join(prefix, path), reason);
    }

    /** {@code a.b} of {@code a} and {@code b}; either may be empty; an index {@code [0]} gets no dot. */
    public static String join(String prefix, String rest) {
        if (prefix.isEmpty() || rest.isEmpty()) {
            return prefix + rest;
        }
        return rest.startsWith("[") ? prefix + rest : prefix + "." + rest;
    }

    /** An extension, field or value that this proxy does not support. */
    public static ConfigRejected unsupported(String path, String what) {
        return new ConfigRejected(path, "not supported: " + what);
    }
}
