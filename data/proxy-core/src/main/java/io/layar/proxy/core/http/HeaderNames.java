package io.layar.proxy.core.http;

/** Header names that the proxy itself asks for. Codecs intern these, so that {@link HeaderMap} finds them by reference. */
public final class HeaderNames {
    public static final String METHOD = ":method";
    public static final String PATH = ":path";
    public static final String AUTHORITY = ":authority";
    public static final String SCHEME = ":scheme";
    public static final String STATUS = ":status";
    public static final String PROTOCOL = ":protocol";
    public static final String HOST = "host";
    public static final String CONNECTION = "connection";
    public static final String CONTENT_LENGTH = "content-length";
    public static final String CONTENT_TYPE = "content-type";
    public static final String TRANSFER_ENCODING = "transfer-encoding";
    public static final String UPGRADE = "upgrade";
    public static final String TE = "te";
    public static final String DATE = "date";
    public static final String SERVER = "server";
    public static final String USER_AGENT = "user-agent";
    public static final String X_FORWARDED_FOR = "x-forwarded-for";
    public static final String X_FORWARDED_PROTO = "x-forwarded-proto";
    public static final String X_REQUEST_ID = "x-request-id";

    public static final String ACCEPT = "accept";
    public static final String ACCEPT_ENCODING = "accept-encoding";
    public static final String AUTHORIZATION = "authorization";
    public static final String CACHE_CONTROL = "cache-control";
    public static final String CONTENT_ENCODING = "content-encoding";
    public static final String COOKIE = "cookie";
    public static final String ETAG = "etag";
    public static final String EXPECT = "expect";
    public static final String GRPC_MESSAGE = "grpc-message";
    public static final String GRPC_STATUS = "grpc-status";
    public static final String GRPC_TIMEOUT = "grpc-timeout";
    public static final String HTTP2_SETTINGS = "http2-settings";
    public static final String KEEP_ALIVE = "keep-alive";
    public static final String LAST_MODIFIED = "last-modified";
    public static final String LOCATION = "location";
    public static final String ORIGIN = "origin";
    public static final String PROXY_CONNECTION = "proxy-connection";
    public static final String PROXY_STATUS = "proxy-status";
    public static final String REFERER = "referer";
    public static final String SET_COOKIE = "set-cookie";
    public static final String TRAILER = "trailer";
    public static final String VARY = "vary";
    public static final String VIA = "via";
    public static final String X_ENVOY_ATTEMPT_COUNT = "x-envoy-attempt-count";
    public static final String X_ENVOY_DECORATOR_OPERATION = "x-envoy-decorator-operation";
    public static final String X_ENVOY_DOWNSTREAM_SERVICE_CLUSTER = "x-envoy-downstream-service-cluster";
    public static final String X_ENVOY_DOWNSTREAM_SERVICE_NODE = "x-envoy-downstream-service-node";
    public static final String X_ENVOY_EXPECTED_RQ_TIMEOUT_MS = "x-envoy-expected-rq-timeout-ms";
    public static final String X_ENVOY_EXTERNAL_ADDRESS = "x-envoy-external-address";
    public static final String X_ENVOY_FORCE_TRACE = "x-envoy-force-trace";
    public static final String X_ENVOY_HEDGE_ON_PER_TRY_TIMEOUT = "x-envoy-hedge-on-per-try-timeout";
    public static final String X_ENVOY_INTERNAL = "x-envoy-internal";
    public static final String X_ENVOY_IP_TAGS = "x-envoy-ip-tags";
    public static final String X_ENVOY_IS_TIMEOUT_RETRY = "x-envoy-is-timeout-retry";
    public static final String X_ENVOY_MAX_RETRIES = "x-envoy-max-retries";
    public static final String X_ENVOY_ORIGINAL_HOST = "x-envoy-original-host";
    public static final String X_ENVOY_ORIGINAL_PATH = "x-envoy-original-path";
    public static final String X_ENVOY_RETRIABLE_HEADER_NAMES = "x-envoy-retriable-header-names";
    public static final String X_ENVOY_RETRIABLE_STATUS_CODES = "x-envoy-retriable-status-codes";
    public static final String X_ENVOY_RETRY_GRPC_ON = "x-envoy-retry-grpc-on";
    public static final String X_ENVOY_RETRY_ON = "x-envoy-retry-on";
    public static final String X_ENVOY_UPSTREAM_ALT_STAT_NAME = "x-envoy-upstream-alt-stat-name";
    public static final String X_ENVOY_UPSTREAM_RQ_PER_TRY_TIMEOUT_MS = "x-envoy-upstream-rq-per-try-timeout-ms";
    public static final String X_ENVOY_UPSTREAM_RQ_TIMEOUT_ALT_RESPONSE = "x-envoy-upstream-rq-timeout-alt-response";
    public static final String X_ENVOY_UPSTREAM_RQ_TIMEOUT_MS = "x-envoy-upstream-rq-timeout-ms";
    public static final String X_ENVOY_UPSTREAM_SERVICE_TIME = "x-envoy-upstream-service-time";
    public static final String X_FORWARDED_CLIENT_CERT = "x-forwarded-client-cert";
    public static final String X_FORWARDED_HOST = "x-forwarded-host";
    public static final String X_FORWARDED_PORT = "x-forwarded-port";

    private HeaderNames() {}
}
