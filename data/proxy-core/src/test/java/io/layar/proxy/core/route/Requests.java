package io.layar.proxy.core.route;

import com.google.protobuf.TextFormat;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.stream.Address;
import io.layar.proxy.core.stream.ConnectionInfo;
import io.layar.proxy.core.stream.StreamInfo;
import java.net.InetSocketAddress;
import java.time.Instant;

/** Requests and tables for tests of routing. */
final class Requests {
    private Requests() {}

    static StreamInfo info() {
        Address remote = Address.of(new InetSocketAddress("10.0.0.9", 4711));
        Address local = Address.of(new InetSocketAddress("10.0.0.1", 80));
        return new StreamInfo(new ConnectionInfo(7, remote, local), 1, Instant.EPOCH);
    }

    /** {@code more}: further headers, name and value in turn. */
    static HeaderMap get(String authority, String path, String... more) {
        HeaderMap headers = new HeaderMap()
                .add(":method", "GET")
                .add(":path", path)
                .add(":authority", authority)
                .add(":scheme", "http")
                .add("x-forwarded-proto", "http");
        for (int i = 0; i < more.length; i += 2) {
            headers.add(more[i], more[i + 1]);
        }
        return headers;
    }

    /** A table from the text form of a RouteConfiguration. */
    static RouteTable table(String text) {
        return table(text, RouteOptions.plain());
    }

    static RouteTable table(String text, RouteOptions options) {
        RouteConfiguration.Builder proto = RouteConfiguration.newBuilder();
        try {
            TextFormat.merge(text, proto);
        } catch (TextFormat.ParseException e) {
            throw new IllegalArgumentException(text, e);
        }
        return RouteTable.compile(proto.build(), options);
    }

    /** A table of one virtual host for every domain. */
    static RouteTable routes(String routes) {
        return table("name: 'rc' virtual_hosts { name: 'vh' domains: '*' " + routes + " }");
    }

    /** The cluster that a request goes to, or {@code none}. */
    static String cluster(RouteTable table, HeaderMap headers) {
        return cluster(table, headers, 0);
    }

    static String cluster(RouteTable table, HeaderMap headers, long random) {
        Route route = table.route(headers, info(), random);
        RouteAction.Forward forward = route == null ? null : route.forward();
        return forward == null ? "none" : forward.cluster();
    }
}
