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

    private HeaderNames() {}
}
