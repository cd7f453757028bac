package io.layar.xdsgen.route;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

/** Status codes of HTTP that have a name, and those of gRPC by name. */
final class StatusCodes {
    private static final ImmutableSet<Integer> KNOWN = ImmutableSet.of(
            100, 101, 102, 103, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 307,
            308, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421,
            422, 423, 424, 425, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511);
    private static final ImmutableMap<String, Integer> GRPC = ImmutableMap.<String, Integer>builder()
            .put("OK", 0)
            .put("CANCELLED", 1)
            .put("UNKNOWN", 2)
            .put("INVALID_ARGUMENT", 3)
            .put("DEADLINE_EXCEEDED", 4)
            .put("NOT_FOUND", 5)
            .put("ALREADY_EXISTS", 6)
            .put("PERMISSION_DENIED", 7)
            .put("RESOURCE_EXHAUSTED", 8)
            .put("FAILED_PRECONDITION", 9)
            .put("ABORTED", 10)
            .put("OUT_OF_RANGE", 11)
            .put("UNIMPLEMENTED", 12)
            .put("INTERNAL", 13)
            .put("UNAVAILABLE", 14)
            .put("DATA_LOSS", 15)
            .put("UNAUTHENTICATED", 16)
            .buildOrThrow();

    private StatusCodes() {}

    static boolean isKnown(int httpStatus) {
        return KNOWN.contains(httpStatus);
    }

    /** The number of a gRPC status; 0 for a name that is none. */
    static int grpc(String name) {
        return GRPC.getOrDefault(name, 0);
    }
}
