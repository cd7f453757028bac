package io.layar.xdsgen.route;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.layar.config.networking.SidecarPort;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.mesh.scope.EgressListener;
import io.layar.mesh.service.Protocol;
import io.layar.mesh.service.Resolution;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServiceKey;
import io.layar.xdsgen.XdsResource;
import io.layar.xdsgen.envoy.Addresses;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.filterchain.HeaderSettings;
import io.layar.xdsgen.filterchain.ListenerClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A sidecar's route configuration: the virtual hosts of a port, of one sniffed service, of a socket, of the HTTP proxy. */
public final class SidecarRoutes {
    /** Bodies of direct responses may be as large as validation lets them be; Envoy's own limit is 4 KiB. */
    public static final UInt32Value MAX_BODY = UInt32Value.of(1024 * 1024);

    private static final String HTTP_PROXY = "http_proxy";
    private static final int HTTP_PORT = 80;

    private final ProxyView view;
    private final RouteName name;
    private final HeaderSettings headers;
    private final Set<String> hostNames = new HashSet<>();
    private final Set<String> domainsTaken = new HashSet<>();
    private final Set<String> fullNames = new HashSet<>();
    private final Set<String> origins = new LinkedHashSet<>();

    /** A route configuration's name taken apart. Shape: {@code port} 0 for a socket and for the HTTP proxy. */
    private record RouteName(String text, int port, boolean sniffed, boolean known) {
        static RouteName parse(String text) {
            if (text.startsWith(Addresses.UNIX_PREFIX) || text.equals(HTTP_PROXY)) {
                return new RouteName(text, 0, false, true);
            }
            int colon = text.indexOf(':');
            String number = text.substring(colon + 1);
            boolean known =
                    !number.isEmpty() && number.length() < 6 && number.chars().allMatch(Character::isDigit);
            return new RouteName(text, known ? Integer.parseInt(number) : 0, colon >= 0, known);
        }
    }

    private SidecarRoutes(ProxyView view, RouteName name) {
        this.view = view;
        this.name = name;
        this.headers = HeaderSettings.of(view.proxyConfig(), ListenerClass.SIDECAR_OUTBOUND);
    }

    /** A name that no listener would use gets an empty configuration, so that whoever asks has an answer. */
    public static XdsResource generate(ProxyView view, String routeName) {
        RouteName name = RouteName.parse(routeName);
        if (!name.known()) {
            RouteConfiguration empty = RouteConfiguration.newBuilder()
                    .setName(routeName)
                    .setValidateClusters(Protos.FALSE)
                    .build();
            return new XdsResource(routeName, empty, ImmutableList.of());
        }
        SidecarRoutes routes = new SidecarRoutes(view, name);
        RouteConfiguration made = routes.build();
        return new XdsResource(routeName, made, ImmutableList.copyOf(routes.origins));
    }

    /** The virtual hosts of a port for a client that is its own proxy. Order: as they come, with no catch-all behind them. */
    public static XdsResource withoutProxy(ProxyView view, String routeName, int port) {
        SidecarRoutes routes = new SidecarRoutes(view, new RouteName(routeName, port, false, true));
        RouteConfiguration made = RouteConfiguration.newBuilder()
                .setName(routeName)
                .addAllVirtualHosts(routes.virtualHosts())
                .build();
        return new XdsResource(routeName, made, ImmutableList.copyOf(routes.origins));
    }

    private RouteConfiguration build() {
        List<VirtualHost> hosts = new ArrayList<>(virtualHosts());
        if (name.sniffed()) {
            hosts = ofService(hosts);
        }
        hosts.sort(Comparator.comparing(VirtualHost::getName));
        if (!name.sniffed()) {
            hosts.add(CatchAllHost.of(EgressPolicy.of(view), headers));
        }
        return RouteConfiguration.newBuilder()
                .setName(name.text())
                .addAllVirtualHosts(hosts)
                .setValidateClusters(Protos.FALSE)
                .setMaxDirectResponseBodySizeBytes(MAX_BODY)
                .setIgnorePortInHostMatching(true)
                .build();
    }

    /** Only the service's own host, for whatever name: the listener's address already chose it. */
    private List<VirtualHost> ofService(List<VirtualHost> hosts) {
        String host = name.text().substring(0, name.text().lastIndexOf(':'));
        List<VirtualHost> own = hosts.stream()
                .filter(h ->
                        h.getDomainsList().contains(host) || h.getDomainsList().contains(name.text()))
                .toList();
        if (own.size() != 1) {
            return new ArrayList<>(own);
        }
        List<VirtualHost> out = new ArrayList<>();
        out.add(own.getFirst().toBuilder().clearDomains().addDomains("*").build());
        return out;
    }

    private List<VirtualHost> virtualHosts() {
        EgressListener egress = view.scope().egressFor(name.port(), name.text());
        if (egress == null) {
            return List.of();
        }
        int port = isHttpProxy(egress) ? 0 : name.port();
        List<HostGroup> groups = new SidecarHosts(view, egress, port, headers).groups();
        groups.forEach(group -> group.services().forEach(service -> {
            fullNames.add(service.hostname());
            fullNames.add(Addresses.hostAndPort(service.hostname(), group.port()));
        }));
        List<VirtualHost> out = new ArrayList<>();
        for (HostGroup group : groups) {
            List<VirtualHost> made = ofGroup(group, port);
            if (port == 0 || group.port() == port) {
                made.forEach(host -> addReachable(host, group.port(), port, out));
                origins.addAll(group.origins());
                group.services().forEach(service -> origins.addAll(service.origins()));
            }
        }
        return out;
    }

    private static boolean isHttpProxy(EgressListener egress) {
        SidecarPort port = egress.listener() == null ? null : egress.listener().port();
        return port != null && Protocol.parse(port.protocol()) == Protocol.HTTP_PROXY;
    }

    /** Where all ports meet, only names with a port tell them apart; those of port 80 may go without. */
    private static void addReachable(VirtualHost host, int ownPort, int listenPort, List<VirtualHost> out) {
        if (listenPort != 0 || ownPort == HTTP_PORT) {
            out.add(host);
            return;
        }
        List<String> withPort = host.getDomainsList().stream()
                .filter(domain -> domain.contains(":"))
                .toList();
        if (!withPort.isEmpty()) {
            out.add(host.toBuilder().clearDomains().addAllDomains(withPort).build());
        }
    }

    /** A proxy leaves the port away when it compares hosts; gRPC's own client does not. */
    private boolean portsTell() {
        return view.proxy().isProxylessGrpc();
    }

    private List<VirtualHost> ofGroup(HostGroup group, int listenPort) {
        List<VirtualHost> out = new ArrayList<>();
        for (String host : group.otherHosts()) {
            String lower = host.toLowerCase(Locale.ROOT);
            List<String> domains = new ArrayList<>();
            HostDomains.add(lower, portsTell() ? group.port() : 0, domains);
            addHost(lower, domains, ImmutableSet.of(), group, out);
        }
        for (Service service : group.services()) {
            List<String> alternatives = new ArrayList<>();
            List<String> domains = domains(service, listenPort == 0 || portsTell() ? group.port() : 0, alternatives);
            addHost(service.hostname(), domains, new HashSet<>(alternatives), group, out);
        }
        return out;
    }

    /** A domain belongs to the first host that has it; a shortened name gives way to a host that is really called so. */
    private void addHost(
            String host, List<String> domains, Set<String> alternatives, HostGroup group, List<VirtualHost> out) {
        String hostName = Addresses.hostAndPort(host, group.port());
        if (!hostNames.add(hostName)) {
            return;
        }
        List<String> own = new ArrayList<>();
        for (String domain : domains) {
            boolean othersName = alternatives.contains(domain) && fullNames.contains(domain);
            if (!domainsTaken.contains(domain.toLowerCase(Locale.ROOT)) && !othersName) {
                domainsTaken.add(domain.toLowerCase(Locale.ROOT));
                own.add(domain);
            }
        }
        if (!own.isEmpty()) {
            out.add(VirtualHost.newBuilder()
                    .setName(hostName)
                    .addAllDomains(own)
                    .addAllRoutes(group.routes())
                    .setIncludeRequestAttemptCount(headers.attemptCount())
                    .build());
        }
    }

    /** Its names and other names with their short forms, the pods of a headless service, its addresses. */
    private List<String> domains(Service service, int port, List<String> alternatives) {
        List<String> names = new ArrayList<>();
        names.add(service.hostname());
        service.kubernetes().aliases().stream().map(ServiceKey::hostname).forEach(names::add);
        List<String> out = new ArrayList<>();
        for (String host : names) {
            List<String> shorter = HostDomains.alternatives(
                    host, port, view.proxy().dnsDomain(), view.isOn(Feature.ENABLE_ABSOLUTE_FQDN_VHOST_DOMAIN));
            HostDomains.add(host, port, out);
            out.addAll(shorter);
            alternatives.addAll(shorter);
        }
        if (service.resolution() == Resolution.PASSTHROUGH && service.isKubernetes()) {
            List<String> pods = out.stream().map(domain -> "*." + domain).toList();
            out.addAll(pods);
        }
        for (String address : addresses(service)) {
            if (!address.isEmpty() && !address.equals(Service.UNSPECIFIED)) {
                HostDomains.add(address, port, out);
            }
        }
        return out;
    }

    private List<String> addresses(Service service) {
        @Nullable
        List<String> ofCluster =
                service.addresses().byCluster().get(view.proxy().clusterId());
        return ofCluster == null || ofCluster.isEmpty() ? List.of(view.address(service)) : view.addresses(service);
    }
}
