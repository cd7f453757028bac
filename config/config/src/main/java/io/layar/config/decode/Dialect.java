package io.layar.config.decode;

/** How strictly text becomes a record. */
public enum Dialect {
    /**
     * An Istio kind: unknown fields are errors, numbers and enums have the types that the resource definition says, and
     * both the camel-case and the original field names are read.
     */
    ISTIO(Unknown.ERROR, false, true),
    /** A Kubernetes kind, of which only a part is modelled: unknown fields are accepted quietly. */
    KUBERNETES(Unknown.QUIET, false, false),
    /** A file in protobuf's JSON: unknown fields are warnings, numbers may be quoted, enums may be numbers. */
    PROTO_JSON(Unknown.WARNING, true, true);

    /** What is said about a field that the record does not have. */
    enum Unknown {
        ERROR,
        WARNING,
        QUIET
    }

    private final Unknown unknownFields;
    private final boolean lenientScalars;
    private final boolean originalNames;

    Dialect(Unknown unknownFields, boolean lenientScalars, boolean originalNames) {
        this.unknownFields = unknownFields;
        this.lenientScalars = lenientScalars;
        this.originalNames = originalNames;
    }

    Unknown unknownFields() {
        return unknownFields;
    }

    boolean lenientScalars() {
        return lenientScalars;
    }

    boolean originalNames() {
        return originalNames;
    }
}
