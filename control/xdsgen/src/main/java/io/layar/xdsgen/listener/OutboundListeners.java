package io.layar.xdsgen.listener;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.net.InetAddresses;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.layar.config.networking.CaptureMode;
import io.layar.config.networking.IstioEgressListener;
import io.layar.config.networking.SidecarPort;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.mesh.proxy.Proxy.Interception;
import io.layar.mesh.routing.MergedVirtualService;
import io.layar.mesh.scope.EgressListener;
import io.layar.mesh.service.Endpoint;
import io.layar.mesh.service.Protocol;
import io.layar.mesh.service.Resolution;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServicePort;
import io.layar.xdsgen.envoy.Addresses;
import io.layar.xdsgen.filterchain.Alpn;
import io.layar.xdsgen.filterchain.ChainContext;
import io.layar.xdsgen.filterchain.ChainSpec;
import io.layar.xdsgen.filterchain.HttpChain;
import io.layar.xdsgen.filterchain.InboundMatch;
import io.layar.xdsgen.filterchain.ListenerClass;
import io.layar.xdsgen.filterchain.TcpChains;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A sidecar's outbound listeners, one a port and address.
 *
 * <p>HTTP services of one port share a wildcard listener and are told apart by their routes; others get a listener on their
 * own address. Where services of different protocols meet, {@link #add} says who stays.
 */
final class OutboundListeners {
    private final ProxyView view;
    private final ChainContext context;
    private final OutboundTcp tcp;
    private final ReservedPorts reserved;
    private final ImmutableList<String> wildcards;
    private final Map<String, OutboundEntry> entries = new LinkedHashMap<>();

    OutboundListeners(ProxyView view, ChainContext context, TcpChains chains) {
        this.view = view;
        this.context = context;
        this.tcp = new OutboundTcp(view, chains);
        this.reserved = new ReservedPorts(view.proxy(), view.mesh());
        this.wildcards = Binding.wildcards(view.proxy());
    }

    /** Order: as the scope names listeners and services. */
    ImmutableList<OutboundEntry> entries() {
        for (EgressListener egress : view.scope().egressListeners()) {
            Binding binding = binding(egress.listener());
            if (egress.isCatchAll()) {
                entries.values().forEach(OutboundEntry::lock);
                egress.services()
                        .forEach(service ->
                                service.ports().forEach(port -> add(service, port, binding, egress.virtualServices())));
            } else {
                addNamed(egress, binding);
            }
        }
        return ImmutableList.copyOf(entries.values());
    }

    private Binding binding(@Nullable IstioEgressListener spec) {
        boolean toPort = view.proxy().interception() == Interception.NONE
                || (spec != null
                        && (spec.captureMode() == CaptureMode.NONE
                                || spec.bind().startsWith(Addresses.UNIX_PREFIX)));
        if (spec != null && !spec.bind().isEmpty()) {
            return new Binding(ImmutableList.of(spec.bind()), toPort);
        }
        return new Binding(toPort ? Binding.loopbacks(view.proxy()) : ImmutableList.of(), toPort);
    }

    /** A listener whose port the Sidecar names: each of its services is reached through it. */
    private void addNamed(EgressListener egress, Binding binding) {
        SidecarPort named = egress.listener() == null ? null : egress.listener().port();
        if (named == null) {
            return;
        }
        ServicePort port = new ServicePort(named.name(), named.number(), Protocol.parse(named.protocol()));
        if (reserved.allows(binding.toPort(), binding.primary(), port.port(), port.protocol(), true)) {
            egress.services()
                    .forEach(service -> add(new OutboundRequest(
                            service, port, binding, ImmutableList.of(), false, egress.virtualServices())));
        }
    }

    private void add(Service service, ServicePort port, Binding binding, List<MergedVirtualService> virtualServices) {
        if (!reserved.allows(binding.toPort(), binding.primary(), port.port(), port.protocol(), true)) {
            return;
        }
        OutboundRequest request =
                new OutboundRequest(service, port, binding, ImmutableList.of(), false, virtualServices);
        boolean headless = binding.primary().isEmpty()
                && service.resolution() == Resolution.PASSTHROUGH
                && view.address(service).equals(Service.UNSPECIFIED)
                && (port.protocol().isTcp() || port.protocol().isUnsupported());
        if (headless) {
            addHeadless(request);
        } else {
            add(request);
        }
    }

    /** A listener for each pod: clients of such a service address pods, and pods of several services may share a port. */
    private void addHeadless(OutboundRequest request) {
        Service service = request.service();
        List<Endpoint> endpoints = view.endpoints(service, request.port(), ImmutableMap.of());
        if (!service.isKubernetes() && endpoints.isEmpty() && service.selector().isEmpty()) {
            add(request);
            return;
        }
        for (Endpoint endpoint : endpoints) {
            boolean self = endpoint.address().equals(view.proxy().ips().getFirst());
            boolean reachable = endpoint.addresses().stream().allMatch(InetAddresses::isInetAddress);
            if (self || !reachable) {
                continue;
            }
            boolean shared = view.isOn(Feature.ENABLE_HEADLESS_FILTER_CHAIN_LISTENER)
                    && request.port().protocol().isTcp();
            add(
                    shared
                            ? request.forPod(request.binding().at(wildcards), endpoint.addresses())
                            : request.at(request.binding().at(endpoint.addresses()), ImmutableList.of()));
        }
    }

    /** On its own address, or on the wildcard: always for HTTP, for others when the address is a range. */
    private OutboundRequest placed(OutboundRequest request, InboundMatch.Kind kind) {
        if (!request.binding().primary().isEmpty()) {
            return request;
        }
        if (kind == InboundMatch.Kind.HTTP) {
            return request.at(request.binding().at(wildcards), request.cidrs());
        }
        Service service = request.service();
        String address = view.address(service);
        List<String> extra = new ArrayList<>(view.extraAddresses(service));
        if (!service.isKubernetes() && address.equals(Binding.ANY_V4)) {
            if (!view.proxy().supportsIpv4()) {
                address = Binding.ANY_V6;
            } else if (view.proxy().supportsIpv6()) {
                extra.add(Binding.ANY_V6);
            }
        }
        ImmutableList<String> all =
                Stream.concat(Stream.of(address), extra.stream()).collect(ImmutableList.toImmutableList());
        return address.contains("/")
                ? request.at(request.binding().at(wildcards), all)
                : request.at(request.binding().at(all), request.cidrs());
    }

    /**
     * Adds a service to the listener of its port and address.
     *
     * <p>HTTP joins HTTP through routes alone. HTTP and bytes on one listener make it look into each connection. Bytes join
     * bytes by different matches. An undeclared protocol takes a listener over from HTTP. Mongo and MySQL share with none,
     * as their servers speak first.
     */
    private void add(OutboundRequest wish) {
        if (wish.service().resolution() == Resolution.ALIAS || wish.port().protocol() == Protocol.UDP) {
            return;
        }
        InboundMatch.Kind kind = InboundMatch.Kind.of(wish.port().protocol());
        OutboundRequest request = placed(wish, kind);
        String key =
                Binding.listenerName(request.binding().primary(), request.port().port());
        OutboundEntry current = entries.get(key);
        if (current == null) {
            OutboundEntry entry = new OutboundEntry(
                    request.port(), request.binding(), chains(request, kind), protocolOf(request, kind));
            addOrigins(request, entry);
            entries.put(key, entry);
            return;
        }
        boolean sharesNone = isServerFirst(request.port().protocol()) || isServerFirst(current.protocol());
        if (current.isLocked() || (sharesNone && request.port().protocol() != current.protocol())) {
            return;
        }
        join(request, kind, key, current);
    }

    private void join(OutboundRequest request, InboundMatch.Kind kind, String key, OutboundEntry current) {
        addOrigins(request, current);
        switch (kind) {
            case HTTP -> {
                if (request.port().protocol() == Protocol.HTTP_PROXY) {
                    entries.put(key, entry(request, kind, current));
                } else if (current.protocol().isTcp()) {
                    current.merge(chains(request, kind));
                    current.sniff();
                }
            }
            case TCP -> {
                current.merge(tcp.chains(request));
                if (current.protocol().isHttp()) {
                    current.sniff();
                }
            }
            case AUTO -> {
                if (current.protocol().isHttp()) {
                    entries.put(key, entry(request, kind, current));
                } else if (current.protocol().isTcp()) {
                    current.merge(chains(request, kind));
                    current.sniff();
                } else {
                    current.merge(tcp.chains(request));
                }
            }
        }
    }

    private OutboundEntry entry(OutboundRequest request, InboundMatch.Kind kind, OutboundEntry before) {
        OutboundEntry entry =
                new OutboundEntry(request.port(), request.binding(), chains(request, kind), protocolOf(request, kind));
        entry.origins.addAll(before.origins);
        return entry;
    }

    private void addOrigins(OutboundRequest request, OutboundEntry entry) {
        entry.origins.addAll(request.service().origins());
        entry.origins.addAll(request.virtualServices().stream()
                .filter(owner -> owner.spec().hosts().contains(request.service().hostname()))
                .flatMap(owner -> owner.origins().stream())
                .collect(Collectors.toList()));
    }

    private static boolean isServerFirst(Protocol protocol) {
        return protocol == Protocol.MONGO || protocol == Protocol.MYSQL;
    }

    /** On a wildcard listener HTTP is looked for too: traffic to hosts outside of the mesh may share the port. */
    private Protocol protocolOf(OutboundRequest request, InboundMatch.Kind kind) {
        boolean sniffed = kind == InboundMatch.Kind.HTTP
                && request.port().protocol() != Protocol.HTTP_PROXY
                && isOnWildcard(request);
        return sniffed ? Protocol.UNSUPPORTED : request.port().protocol();
    }

    private boolean isOnWildcard(OutboundRequest request) {
        return request.binding().primary().equals(wildcards.getFirst());
    }

    private List<ChainSpec> chains(OutboundRequest request, InboundMatch.Kind kind) {
        return switch (kind) {
            case HTTP -> {
                boolean sniffed = request.port().protocol() != Protocol.HTTP_PROXY && isOnWildcard(request);
                yield List.of(http(request, kind, sniffed));
            }
            case TCP -> tcp.chains(request);
            case AUTO -> {
                List<ChainSpec> both = new ArrayList<>(tcp.chains(request));
                both.add(http(request, kind, true));
                yield both;
            }
        };
    }

    private ChainSpec http(OutboundRequest request, InboundMatch.Kind kind, boolean sniffed) {
        HttpConnectionManager.Builder base = HttpConnectionManager.newBuilder();
        if (context.acceptsHttp10()) {
            base.getHttpProtocolOptionsBuilder().setAcceptHttp10(true);
        }
        ChainSpec chain = ChainSpec.of(new HttpChain(
                ListenerClass.SIDECAR_OUTBOUND,
                routeName(request, kind),
                null,
                base.build(),
                request.port().protocol(),
                request.port().port(),
                "",
                context.headers(ListenerClass.SIDECAR_OUTBOUND),
                view.isOn(Feature.USE_REMOTE_ADDRESS),
                DynamicForwarding.http(view, request.service())));
        return sniffed
                ? chain.withMatch(chain.match()
                        .withProtocols(
                                view.isOn(Feature.HTTP10) ? Alpn.PLAINTEXT_HTTP_WITH_10 : Alpn.PLAINTEXT_HTTP,
                                InboundMatch.RAW_BUFFER))
                : chain;
    }

    /** One a port, of all its HTTP services; a sniffed service on its own address has one for itself. */
    private String routeName(OutboundRequest request, InboundMatch.Kind kind) {
        int port = request.port().port();
        if (port == 0) {
            return request.binding().primary();
        }
        return kind == InboundMatch.Kind.AUTO && !isOnWildcard(request)
                ? request.service().hostname() + ":" + port
                : Integer.toString(port);
    }
}
