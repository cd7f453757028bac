package io.layar.proxy.core.retry;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words of {@code retry_on}, {@code x-envoy-retry-on} and {@code x-envoy-retry-grpc-on}. */
public enum RetryOn {
    SERVER_ERROR("5xx"),
    GATEWAY_ERROR("gateway-error"),
    RESET("reset"),
    RESET_BEFORE_REQUEST("reset-before-request"),
    CONNECT_FAILURE("connect-failure"),
    ENVOY_RATELIMITED("envoy-ratelimited"),
    RETRIABLE_4XX("retriable-4xx"),
    REFUSED_STREAM("refused-stream"),
    RETRIABLE_STATUS_CODES("retriable-status-codes"),
    RETRIABLE_HEADERS("retriable-headers"),
    HTTP3_POST_CONNECT_FAILURE("http3-post-connect-failure"),
    GRPC_CANCELLED("cancelled"),
    GRPC_DEADLINE_EXCEEDED("deadline-exceeded"),
    GRPC_INTERNAL("internal"),
    GRPC_RESOURCE_EXHAUSTED("resource-exhausted"),
    GRPC_UNAVAILABLE("unavailable");

    /** The bits of all gRPC words. */
    static final int GRPC = GRPC_CANCELLED.bit()
            | GRPC_DEADLINE_EXCEEDED.bit()
            | GRPC_INTERNAL.bit()
            | GRPC_RESOURCE_EXHAUSTED.bit()
            | GRPC_UNAVAILABLE.bit();

    private static final Map<String, RetryOn> BY_WORD = new HashMap<>();

    static {
        for (RetryOn one : values()) {
            BY_WORD.put(one.word, one);
        }
    }

    private final String word;

    RetryOn(String word) {
        this.word = word;
    }

    public int bit() {
        return 1 << ordinal();
    }

    boolean in(int bits) {
        return (bits & bit()) != 0;
    }

    /** The bits of the words in a comma-separated list; unknown words count nothing. */
    public static int parse(String list) {
        int bits = 0;
        for (String word : list.split(",", -1)) {
            RetryOn one = find(word.strip());
            bits |= one == null ? 0 : one.bit();
        }
        return bits;
    }

    /** Whether every word of a list is known and of the kind asked for (gRPC or not). */
    public static boolean allKnown(String list, boolean grpc) {
        for (String word : list.split(",", -1)) {
            RetryOn one = find(word.strip());
            if (one == null || (one.bit() & GRPC) != 0 != grpc) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable RetryOn find(String word) {
        return BY_WORD.get(word);
    }
}
