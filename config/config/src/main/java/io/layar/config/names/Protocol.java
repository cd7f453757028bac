package io.layar.config.names;

import java.util.Locale;

/** The protocol of a port, by the names that the Istio API has for it. */
public enum Protocol {
    TCP("TCP"),
    UDP("UDP"),
    GRPC("GRPC"),
    GRPC_WEB("GRPC-Web"),
    HTTP("HTTP"),
    HTTP_PROXY("HTTP_PROXY"),
    HTTP2("HTTP2"),
    HTTPS("HTTPS"),
    TLS("TLS"),
    MONGO("Mongo"),
    REDIS("Redis"),
    MYSQL("MySQL"),
    UNSUPPORTED("UnsupportedProtocol");

    private final String text;

    Protocol(String text) {
        this.text = text;
    }

    /** The protocol of this name in any case; {@link #UNSUPPORTED} for an empty or unknown one. */
    public static Protocol parse(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
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
            default -> UNSUPPORTED;
        };
    }

    public boolean isHttp() {
        return this == HTTP || this == HTTP_PROXY || isHttp2();
    }

    public boolean isHttp2() {
        return this == HTTP2 || isGrpc();
    }

    public boolean isGrpc() {
        return this == GRPC || this == GRPC_WEB;
    }

    public boolean isTcp() {
        return switch (this) {
            case TCP, HTTPS, TLS, MONGO, REDIS, MYSQL -> true;
            default -> false;
        };
    }

    public boolean isTls() {
        return this == HTTPS || this == TLS;
    }

    public boolean isUnsupported() {
        return this == UNSUPPORTED;
    }

    @Override
    public String toString() {
        return text;
    }
}
