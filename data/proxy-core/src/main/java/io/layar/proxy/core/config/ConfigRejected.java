package io.layar.proxy.core.config;

/**
 * A resource cannot be used: a field has a wrong value, or asks for what this proxy does not do.
 *
 * <p>Thrown while a proto is compiled, never on the request path. Whoever compiles turns it into a start error or a NACK.
 */
public final class ConfigRejected extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String field;

    /** {@code field} is the path to the field, {@code virtual_hosts[0].routes[2].match}; may be empty. */
    public ConfigRejected(String field, String message) {
        super(field.isEmpty() ? message : field + ": " + message);
        this.field = field;
    }

    /** An extension or field that this proxy does not have. */
    public static ConfigRejected unsupported(String field, String what) {
        return new ConfigRejected(field, "not supported: " + what);
    }

    public String field() {
        return field;
    }

    /** The same complaint seen from further out. */
    public ConfigRejected within(String outer) {
        String message = getMessage();
        String own = message == null ? "" : message.substring(field.isEmpty() ? 0 : field.length() + 2);
        return new ConfigRejected(field.isEmpty() ? outer : outer + "." + field, own);
    }
}
