package io.layar.config.validate;

import io.layar.base.Hostname;
import io.layar.config.Resource;
import io.layar.config.Validation;
import io.layar.config.decode.FieldPath;
import io.layar.config.names.DnsNames;
import io.layar.config.names.IpAddresses;
import io.layar.config.networking.TCPRoute;
import io.layar.config.networking.TLSMatchAttributes;
import io.layar.config.networking.TLSRoute;
import io.layar.config.networking.VirtualService;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is refused or questioned in a VirtualService. */
final class VirtualServiceRules {
    private static final FieldPath SPEC = FieldPath.ROOT.field("spec");
    private static final String MESH = "mesh";

    private VirtualServiceRules() {}

    static void check(Resource<VirtualService> resource, Validation v) {
        var service = resource.spec();
        boolean isDelegate = service.hosts().isEmpty();
        if (isDelegate) {
            delegate(v, service);
        }
        SharedRules.gatewayNames(v, SPEC.field("gateways"), service.gateways());
        if (!isForGateways(service)) {
            claims(v, service);
        }
        hosts(v, service);
        if (service.http().isEmpty() && service.tcp().isEmpty() && service.tls().isEmpty()) {
            v.error(SPEC, "http, tcp or tls must be provided in virtual service");
        }
        for (int i = 0; i < service.http().size(); i++) {
            HttpRouteRules.check(v, SPEC.field("http").index(i), service.http().get(i), isDelegate);
        }
        for (int i = 0; i < service.tls().size(); i++) {
            tls(v, SPEC.field("tls").index(i), service.tls().get(i), service);
        }
        for (int i = 0; i < service.tcp().size(); i++) {
            tcp(v, SPEC.field("tcp").index(i), service.tcp().get(i));
        }
        SharedRules.exportTo(v, SPEC.field("exportTo"), resource.namespace(), service.exportTo(), false);
        UnreachableRoutes.check(v, service);
    }

    /** Whether the routes are for gateways alone. */
    private static boolean isForGateways(VirtualService service) {
        return !service.gateways().isEmpty() && !service.gateways().contains(MESH);
    }

    private static void delegate(Validation v, VirtualService service) {
        if (!service.gateways().isEmpty()) {
            v.error(SPEC.field("gateways"), "delegate virtual service must have no gateways specified");
        }
        if (!service.tls().isEmpty()) {
            v.error(SPEC.field("tls"), "delegate virtual service must have no tls route specified");
        }
        if (!service.tcp().isEmpty()) {
            v.error(SPEC.field("tcp"), "delegate virtual service must have no tcp route specified");
        }
    }

    private static void claims(Validation v, VirtualService service) {
        service.http().stream()
                .flatMap(route -> route.match().stream())
                .flatMap(match ->
                        Stream.concat(match.headers().keySet().stream(), match.withoutHeaders().keySet().stream()))
                .filter(HeaderRules::isClaim)
                .forEach(name -> v.error(
                        SPEC.field("http"),
                        "JWT claim based routing (key: %s) is only supported for gateway, found no gateways: %s",
                        name,
                        service.gateways()));
    }

    private static void hosts(Validation v, VirtualService service) {
        boolean gateways = isForGateways(service);
        boolean sni = service.tls().stream()
                .flatMap(route -> route.match().stream())
                .anyMatch(match -> !match.sniHosts().isEmpty());
        boolean good = true;
        for (int i = 0; i < service.hosts().size(); i++) {
            var host = service.hosts().get(i);
            var path = SPEC.field("hosts").index(i);
            var problem = gateways ? gatewayHostProblem(sni, host) : DnsNames.wildcardNameProblem(host);
            if (problem != null && !IpAddresses.isAddress(host)) {
                v.error(path, problem);
                good = false;
            } else if (problem == null && !gateways && host.equals("*")) {
                v.error(path, "wildcard host * is not allowed for virtual services bound to the mesh gateway");
                good = false;
            }
        }
        if (good) {
            duplicates(v, service);
        }
    }

    private static void duplicates(Validation v, VirtualService service) {
        var hosts = service.hosts().stream().map(Hostname::new).toList();
        for (int i = 0; i < hosts.size(); i++) {
            for (int j = i + 1; j < hosts.size(); j++) {
                if (hosts.get(i).matches(hosts.get(j))) {
                    v.error(
                            SPEC.field("hosts").index(j),
                            "duplicate hosts in virtual service: %s & %s",
                            hosts.get(i),
                            hosts.get(j));
                }
            }
        }
    }

    /** Gateways that pass on by SNI also route the names {@code outbound_.port_.subset_.host} of other clusters. */
    private static @Nullable String gatewayHostProblem(boolean sni, String host) {
        if (!sni || !host.startsWith("outbound_")) {
            return DnsNames.wildcardNameProblem(host);
        }
        var parts = host.split("_\\.|_", 4);
        boolean wellFormed = parts.length == 4
                && parts[1].chars().anyMatch(c -> c >= '0' && c <= '9')
                && parts[3].chars().anyMatch(Character::isLetter);
        return wellFormed
                ? null
                : "domain name \"%s\" invalid. should follow outbound_.<PORT>_._.<HOSTNAME> format".formatted(host);
    }

    private static void tls(Validation v, FieldPath path, TLSRoute route, VirtualService service) {
        if (route.match().isEmpty()) {
            v.error(path, "TLS route must have at least one match condition");
        }
        for (int i = 0; i < route.match().size(); i++) {
            tlsMatch(v, path.field("match").index(i), route.match().get(i), service);
        }
        if (route.route().isEmpty()) {
            v.error(path, "TLS route is required");
        }
        RouteRules.layer4(v, path.field("route"), route.route());
    }

    private static void tlsMatch(Validation v, FieldPath path, TLSMatchAttributes match, VirtualService service) {
        if (match.sniHosts().isEmpty()) {
            v.error(path, "TLS match must have at least one SNI host");
        }
        for (int i = 0; i < match.sniHosts().size(); i++) {
            sniHost(v, path.field("sniHosts").index(i), match.sniHosts().get(i), service);
        }
        match.destinationSubnets().forEach(subnet -> SharedRules.subnet(v, path.field("destinationSubnets"), subnet));
        if (match.port() != 0) {
            SharedRules.port(v, path.field("port"), match.port());
        }
        SharedRules.labels(v, path.field("sourceLabels"), match.sourceLabels());
        SharedRules.gatewayNames(v, path.field("gateways"), match.gateways());
    }

    private static void sniHost(Validation v, FieldPath path, String host, VirtualService service) {
        var problem =
                service.gateways().contains(MESH) ? DnsNames.wildcardNameProblem(host) : gatewayHostProblem(true, host);
        if (problem != null) {
            if (IpAddresses.isAddress(host)) {
                v.warning(
                        path,
                        "using an IP address (\"%s\") goes against SNI spec and most clients do not support this",
                        host);
            } else {
                v.error(path, problem);
            }
            return;
        }
        var name = new Hostname(host);
        if (service.hosts().stream().noneMatch(wide -> name.isSubsetOf(new Hostname(wide)))) {
            v.error(
                    path,
                    "SNI host \"%s\" is not a compatible subset of any of the virtual service hosts: %s",
                    host,
                    service.hosts());
        }
    }

    private static void tcp(Validation v, FieldPath path, TCPRoute route) {
        for (int i = 0; i < route.match().size(); i++) {
            var match = route.match().get(i);
            var at = path.field("match").index(i);
            match.destinationSubnets().forEach(subnet -> SharedRules.subnet(v, at.field("destinationSubnets"), subnet));
            if (match.port() != 0) {
                SharedRules.port(v, at.field("port"), match.port());
            }
            SharedRules.labels(v, at.field("sourceLabels"), match.sourceLabels());
            SharedRules.gatewayNames(v, at.field("gateways"), match.gateways());
        }
        if (route.route().isEmpty()) {
            v.error(path, "TCP route is required");
        }
        RouteRules.layer4(v, path.field("route"), route.route());
    }
}
