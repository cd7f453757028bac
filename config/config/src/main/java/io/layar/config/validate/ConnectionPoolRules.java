package io.layar.config.validate;

import io.layar.config.Validation;
import io.layar.config.decode.FieldPath;
import io.layar.config.networking.ConnectionPoolSettings;
import io.layar.config.networking.ConnectionPoolSettings.HTTPSettings;
import io.layar.config.networking.ConnectionPoolSettings.HTTPSettings.H2UpgradePolicy;
import io.layar.config.networking.ConnectionPoolSettings.TCPSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Rules of connection pools. */
final class ConnectionPoolRules {
    private ConnectionPoolRules() {}

    static void check(Validation v, FieldPath path, @Nullable ConnectionPoolSettings pool) {
        if (pool == null) {
            return;
        }
        if (pool.http() == null && pool.tcp() == null) {
            v.error(path, "connection pool must have at least one field");
        }
        if (pool.http() != null) {
            http(v, path.field("http"), pool.http());
        }
        if (pool.tcp() != null) {
            tcp(v, path.field("tcp"), pool.tcp());
        }
    }

    private static void http(Validation v, FieldPath path, HTTPSettings http) {
        notNegative(v, path, http.http1MaxPendingRequests(), "http1 max pending requests");
        notNegative(v, path, http.http2MaxRequests(), "http2 max requests");
        notNegative(v, path, http.maxRequestsPerConnection(), "max requests per connection");
        notNegative(v, path, http.maxRetries(), "max retries");
        SharedRules.duration(v, path.field("idleTimeout"), http.idleTimeout());
        if (http.h2UpgradePolicy() == H2UpgradePolicy.UPGRADE && http.useClientProtocol()) {
            v.error(path, "use client protocol must not be true when H2UpgradePolicy is UPGRADE");
        }
        notNegative(v, path, http.maxConcurrentStreams(), "max concurrent streams");
        var keepAlive = http.http2KeepAlive();
        if (keepAlive != null) {
            required(v, path.field("http2KeepAlive").field("interval"), keepAlive.interval(), "interval");
            required(v, path.field("http2KeepAlive").field("timeout"), keepAlive.timeout(), "timeout");
        }
    }

    private static void required(Validation v, FieldPath path, @Nullable Duration duration, String name) {
        if (duration == null) {
            v.error(path, "http2 keepalive %s is required", name);
        }
        SharedRules.duration(v, path, duration);
    }

    private static void tcp(Validation v, FieldPath path, TCPSettings tcp) {
        notNegative(v, path, tcp.maxConnections(), "max connections");
        SharedRules.duration(v, path.field("connectTimeout"), tcp.connectTimeout());
        SharedRules.duration(v, path.field("maxConnectionDuration"), tcp.maxConnectionDuration());
        var idle = tcp.idleTimeout();
        if (idle != null && idle.toMillis() != 0) {
            SharedRules.duration(v, path.field("idleTimeout"), idle);
        }
        var keepAlive = tcp.tcpKeepalive();
        if (keepAlive != null) {
            SharedRules.duration(v, path.field("tcpKeepalive").field("time"), keepAlive.time());
            SharedRules.duration(v, path.field("tcpKeepalive").field("interval"), keepAlive.interval());
        }
    }

    private static void notNegative(Validation v, FieldPath path, int value, String name) {
        if (value < 0) {
            v.error(path, name + " must be non-negative");
        }
    }
}
