package io.layar.bench.loops;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.route.RouteOptions;
import io.layar.proxy.core.route.RouteTable;
import io.layar.proxy.core.stream.Address;
import io.layar.proxy.core.stream.ConnectionInfo;
import io.layar.proxy.core.stream.StreamInfo;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The choice of a route among 1,000 virtual hosts, the last of ten prefixes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RouteLoops {
    private final RouteTable table = RouteTable.compile(routes(), RouteOptions.plain());
    private final HeaderMap request = new HeaderMap()
            .add(":method", "GET")
            .add(":path", "/p9/items/7")
            .add(":authority", "h777.example.com")
            .add(":scheme", "http");
    private final StreamInfo info = new StreamInfo(
            new ConnectionInfo(
                    7,
                    Address.of(new InetSocketAddress("10.0.0.9", 4711)),
                    Address.of(new InetSocketAddress("10.0.0.1", 80))),
            1,
            Instant.EPOCH);

    private static RouteConfiguration routes() {
        RouteConfiguration.Builder out = RouteConfiguration.newBuilder().setName("bench");
        for (int host = 0; host < 1000; host++) {
            VirtualHost.Builder one =
                    VirtualHost.newBuilder().setName("h" + host).addDomains("h" + host + ".example.com");
            for (int i = 0; i < 10; i++) {
                one.addRoutes(Route.newBuilder()
                        .setMatch(RouteMatch.newBuilder().setPrefix("/p" + i + "/"))
                        .setRoute(RouteAction.newBuilder().setCluster("c" + i)));
            }
            out.addVirtualHosts(one);
        }
        return out.build();
    }

    @Benchmark
    public Object chooseRoute() {
        return table.route(request, info, 4711);
    }
}
