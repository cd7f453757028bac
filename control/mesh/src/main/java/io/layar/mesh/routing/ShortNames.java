package io.layar.mesh.routing;

import com.google.common.collect.ImmutableList;
import io.layar.config.Resource;
import io.layar.config.networking.Destination;
import io.layar.config.networking.HTTPMatchRequest;
import io.layar.config.networking.HTTPMirrorPolicy;
import io.layar.config.networking.HTTPRoute;
import io.layar.config.networking.HTTPRouteDestination;
import io.layar.config.networking.L4MatchAttributes;
import io.layar.config.networking.RouteDestination;
import io.layar.config.networking.TCPRoute;
import io.layar.config.networking.TLSMatchAttributes;
import io.layar.config.networking.TLSRoute;
import io.layar.config.networking.VirtualService;
import io.layar.mesh.service.Hosts;
import org.jspecify.annotations.Nullable;

/** Writes out the host and gateway names of a VirtualService, which may be short for names of its own namespace. */
final class ShortNames {
    static final String MESH = "mesh";

    private final String namespace;
    private final String domain;

    private ShortNames(String namespace, String domain) {
        this.namespace = namespace;
        this.domain = domain;
    }

    static VirtualService resolve(Resource<VirtualService> resource, String domain) {
        ShortNames names = new ShortNames(resource.namespace(), domain);
        VirtualService spec = resource.spec();
        return new VirtualService(
                spec.hosts().stream().map(names::host).collect(ImmutableList.toImmutableList()),
                names.gateways(spec.gateways()),
                spec.http().stream().map(names::http).collect(ImmutableList.toImmutableList()),
                spec.tls().stream().map(names::tls).collect(ImmutableList.toImmutableList()),
                spec.tcp().stream().map(names::tcp).collect(ImmutableList.toImmutableList()),
                spec.exportTo());
    }

    private String host(String host) {
        return Hosts.resolve(host, namespace, domain);
    }

    private ImmutableList<String> gateways(ImmutableList<String> gateways) {
        return gateways.stream()
                .map(g -> g.equals(MESH) ? g : Hosts.resolveGateway(g, namespace))
                .collect(ImmutableList.toImmutableList());
    }

    private @Nullable Destination destination(@Nullable Destination d) {
        return d == null ? null : new Destination(host(d.host()), d.subset(), d.port());
    }

    private HTTPRoute http(HTTPRoute r) {
        return new HTTPRoute(
                r.name(),
                r.match().stream().map(this::match).collect(ImmutableList.toImmutableList()),
                r.route().stream()
                        .map(w -> new HTTPRouteDestination(destination(w.destination()), w.weight(), w.headers()))
                        .collect(ImmutableList.toImmutableList()),
                r.redirect(),
                r.directResponse(),
                r.delegate(),
                r.rewrite(),
                r.timeout(),
                r.retries(),
                r.fault(),
                destination(r.mirror()),
                r.mirrors().stream()
                        .map(m -> new HTTPMirrorPolicy(destination(m.destination()), m.percentage()))
                        .collect(ImmutableList.toImmutableList()),
                r.mirrorPercent(),
                r.mirrorPercentage(),
                r.corsPolicy(),
                r.headers());
    }

    private HTTPMatchRequest match(HTTPMatchRequest m) {
        return new HTTPMatchRequest(
                m.name(),
                m.uri(),
                m.scheme(),
                m.method(),
                m.authority(),
                m.headers(),
                m.port(),
                m.sourceLabels(),
                gateways(m.gateways()),
                m.queryParams(),
                m.ignoreUriCase(),
                m.withoutHeaders(),
                m.sourceNamespace(),
                m.statPrefix());
    }

    private RouteDestination route(RouteDestination r) {
        return new RouteDestination(destination(r.destination()), r.weight());
    }

    private TLSRoute tls(TLSRoute r) {
        return new TLSRoute(
                r.match().stream()
                        .map(m -> new TLSMatchAttributes(
                                m.sniHosts(),
                                m.destinationSubnets(),
                                m.port(),
                                m.sourceLabels(),
                                gateways(m.gateways()),
                                m.sourceNamespace()))
                        .collect(ImmutableList.toImmutableList()),
                r.route().stream().map(this::route).collect(ImmutableList.toImmutableList()));
    }

    private TCPRoute tcp(TCPRoute r) {
        return new TCPRoute(
                r.match().stream()
                        .map(m -> new L4MatchAttributes(
                                m.destinationSubnets(),
                                m.port(),
                                m.sourceSubnet(),
                                m.sourceLabels(),
                                gateways(m.gateways()),
                                m.sourceNamespace()))
                        .collect(ImmutableList.toImmutableList()),
                r.route().stream().map(this::route).collect(ImmutableList.toImmutableList()));
    }
}
