package io.layar.proxy.core.accesslog;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import org.jspecify.annotations.Nullable;

/** gRPC as seen from HTTP: which messages are gRPC, and the status that an answer carries or stands for. */
public final class GrpcStatus {
    public static final int OK = 0;
    public static final int UNKNOWN = 2;
    public static final int DEADLINE_EXCEEDED = 4;
    public static final int PERMISSION_DENIED = 7;
    public static final int RESOURCE_EXHAUSTED = 8;
    public static final int UNIMPLEMENTED = 12;
    public static final int INTERNAL = 13;
    public static final int UNAVAILABLE = 14;
    public static final int UNAUTHENTICATED = 16;

    private static final String STATUS = "grpc-status";
    private static final String[] CAMEL = {
        "OK",
        "Canceled",
        "Unknown",
        "InvalidArgument",
        "DeadlineExceeded",
        "NotFound",
        "AlreadyExists",
        "PermissionDenied",
        "ResourceExhausted",
        "FailedPrecondition",
        "Aborted",
        "OutOfRange",
        "Unimplemented",
        "Internal",
        "Unavailable",
        "DataLoss",
        "Unauthenticated"
    };
    private static final String[] SNAKE = {
        "OK",
        "CANCELLED",
        "UNKNOWN",
        "INVALID_ARGUMENT",
        "DEADLINE_EXCEEDED",
        "NOT_FOUND",
        "ALREADY_EXISTS",
        "PERMISSION_DENIED",
        "RESOURCE_EXHAUSTED",
        "FAILED_PRECONDITION",
        "ABORTED",
        "OUT_OF_RANGE",
        "UNIMPLEMENTED",
        "INTERNAL",
        "UNAVAILABLE",
        "DATA_LOSS",
        "UNAUTHENTICATED"
    };

    private GrpcStatus() {}

    /** Content type {@code application/grpc} or {@code application/grpc+...}. */
    public static boolean hasGrpcContentType(HeaderMap headers) {
        String type = headers.get(HeaderNames.CONTENT_TYPE);
        return type != null && type.startsWith("application/grpc") && (type.length() == 16 || type.charAt(16) == '+');
    }

    public static boolean isGrpcRequest(HeaderMap headers) {
        return headers.contains(HeaderNames.PATH) && hasGrpcContentType(headers);
    }

    /** The status in the trailers, else in the headers, else what the HTTP status stands for. */
    public static long of(HeaderMap headers, HeaderMap trailers, int httpStatus) {
        String text = trailers.get(STATUS);
        if (text == null) {
            text = headers.get(STATUS);
        }
        if (text == null) {
            return httpStatus == 0 ? Operator.Number.ABSENT : ofHttp(httpStatus);
        }
        return number(text);
    }

    /** The number in a grpc-status value; -1 when it is none. */
    public static long number(@Nullable String text) {
        try {
            return text == null ? -1 : Long.parseLong(text);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    /** Source: gRPC's http-grpc-status-mapping, as Envoy applies it. */
    public static int ofHttp(int status) {
        return switch (status) {
            case 400 -> INTERNAL;
            case 401 -> UNAUTHENTICATED;
            case 403 -> PERMISSION_DENIED;
            case 404 -> UNIMPLEMENTED;
            case 429, 502, 503, 504 -> UNAVAILABLE;
            default -> UNKNOWN;
        };
    }

    /** The HTTP status that stands for a gRPC status. */
    public static int toHttp(long status) {
        return switch ((int) status) {
            case 0 -> 200;
            case 1 -> 499;
            case 3, 9, 11 -> 400;
            case 4 -> 504;
            case 5 -> 404;
            case 6, 10 -> 409;
            case 7 -> 403;
            case 8 -> 429;
            case 12 -> 501;
            case 14 -> 503;
            case 16 -> 401;
            default -> 500;
        };
    }

    static String name(long status, boolean snake) {
        if (status < 0) {
            return snake ? "INVALID_CODE" : "InvalidCode";
        }
        String[] names = snake ? SNAKE : CAMEL;
        return status < names.length ? names[(int) status] : Long.toString(status);
    }
}
