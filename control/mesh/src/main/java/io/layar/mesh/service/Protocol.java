package io.layar.mesh.service;

import java.util.Locale;

/** The application protocol of a port. Source: Istio's protocol selection by port name and appProtocol. */
public enum Protocol {
    GRPC,
    GRPC_WEB,
    HTTP,
    HTTP_PROXY,
    HTTP2,
    HTTPS,
    TCP,
    TLS,
    UDP,
    MONGO,
    REDIS,
    MYSQL,
    HBONE,
    DOUBLE_HBONE,
    /** Nothing was declared: the proxy finds out by looking at the bytes. */
    UNSUPPORTED;

    /** The protocol of a name as in a Gateway's or ServiceEntry's {@code protocol}; UNSUPPORTED when unknown. */
    public static Protocol parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "tcp" -> TCP;
            case "udp" -> UDP;
            case "grpc" -> GRPC;
            case "grpc-web" -> GRPC_WEB;
            case "http" -> HTTP;
            case "http_proxy" -> HTTP_PROXY;
            case "http2" -> HTTP2;
            case "https" -> HTTPS;
            case "tls" -> TLS;
            case "mongo" -> MONGO;
            case "redis" -> REDIS;
            case "mysql" -> MYSQL;
            case "hbone" -> HBONE;
            case "double-hbone" -> DOUBLE_HBONE;
            default -> UNSUPPORTED;
        };
    }

    /** HTTP in clear: HTTP/1.1, HTTP/2, gRPC. */
    public boolean isHttp() {
        return switch (this) {
            case HTTP, HTTP2, HTTP_PROXY, GRPC, GRPC_WEB -> true;
            case HTTPS, TCP, TLS, UDP, MONGO, REDIS, MYSQL, HBONE, DOUBLE_HBONE, UNSUPPORTED -> false;
        };
    }

    /** Is the upstream spoken to with HTTP/2? */
    public boolean isHttp2() {
        return this == HTTP2 || this == GRPC || this == GRPC_WEB;
    }

    public boolean isGrpc() {
        return this == GRPC || this == GRPC_WEB;
    }

    /** A stream of bytes, encrypted or not, for which no HTTP connection manager is made. */
    public boolean isTcp() {
        return switch (this) {
            case TCP, HTTPS, TLS, MONGO, REDIS, MYSQL -> true;
            case HTTP, HTTP2, HTTP_PROXY, GRPC, GRPC_WEB, UDP, HBONE, DOUBLE_HBONE, UNSUPPORTED -> false;
        };
    }

    public boolean isTls() {
        return this == HTTPS || this == TLS;
    }

    public boolean isUnsupported() {
        return this == UNSUPPORTED;
    }

    /** The spelling in configuration: {@code GRPC-Web}, {@code HTTP_PROXY}. */
    public String display() {
        return switch (this) {
            case GRPC_WEB -> "GRPC-Web";
            case MONGO -> "Mongo";
            case REDIS -> "Redis";
            case MYSQL -> "MySQL";
            case UNSUPPORTED -> "UnsupportedProtocol";
            case DOUBLE_HBONE -> "DOUBLE-HBONE";
            case GRPC, HTTP, HTTP_PROXY, HTTP2, HTTPS, TCP, TLS, UDP, HBONE -> name();
        };
    }
}
