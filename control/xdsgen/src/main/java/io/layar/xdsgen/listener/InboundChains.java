package io.layar.xdsgen.listener;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.layar.config.networking.CaptureMode;
import io.layar.config.networking.IstioIngressListener;
import io.layar.config.networking.Sidecar;
import io.layar.config.networking.SidecarPort;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.mesh.proxy.Proxy.Interception;
import io.layar.mesh.scope.SidecarScope;
import io.layar.mesh.service.Protocol;
import io.layar.mesh.service.ServiceTarget;
import io.layar.xdsgen.envoy.ConfigMetadata;
import java.net.InetAddress;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ports of a workload that get chains of their own: those of its services, or those that its Sidecar lists.
 *
 * <p>Order: by port. Of several services with one port the first keeps it.
 */
final class InboundChains {
    private final ProxyView view;
    private final ReservedPorts reserved;
    private final SortedMap<Integer, InboundChain> byPort = new TreeMap<>();

    private InboundChains(ProxyView view) {
        this.view = view;
        this.reserved = new ReservedPorts(view.proxy(), view.mesh());
    }

    static ImmutableList<InboundChain> of(ProxyView view) {
        InboundChains chains = new InboundChains(view);
        Sidecar sidecar = view.scope().sidecar();
        if (sidecar == null || sidecar.ingress().isEmpty()) {
            // Without capture the application has its ports for itself; the proxy can only take others.
            if (view.proxy().interception() != Interception.NONE) {
                chains.addServices();
            }
        } else {
            if (view.isOn(Feature.ENABLE_SIDECAR_SERVICE_INBOUND_LISTENER_MERGE)) {
                chains.addServices();
                sidecar.ingress().stream()
                        .filter(listener -> listener.port() != null)
                        .forEach(listener -> chains.byPort.remove(number(listener)));
            }
            sidecar.ingress().forEach(chains::add);
        }
        return ImmutableList.copyOf(chains.byPort.values());
    }

    private static int number(IstioIngressListener listener) {
        return listener.port() == null ? 0 : listener.port().number();
    }

    private void addServices() {
        ImmutableList<String> wildcards = Binding.wildcards(view.proxy());
        boolean toPort = view.proxy().interception() == Interception.NONE;
        for (ServiceTarget target : view.targets()) {
            Protocol protocol = target.port().protocol();
            if (reserved.allows(toPort, wildcards.getFirst(), target.targetPort(), protocol, true)) {
                byPort.putIfAbsent(
                        target.targetPort(),
                        new InboundChain(
                                target.port().port(),
                                target.port().name(),
                                protocol,
                                target.targetPort(),
                                new Binding(wildcards, toPort),
                                false,
                                target.service().hostname(),
                                target.service(),
                                null,
                                null,
                                target.service().origins()));
            }
        }
    }

    private void add(IstioIngressListener listener) {
        SidecarPort port = listener.port();
        if (port == null) {
            return;
        }
        boolean toPort = listener.captureMode() == CaptureMode.DEFAULT
                ? view.proxy().interception() == Interception.NONE
                : listener.captureMode() == CaptureMode.NONE;
        Protocol protocol = Protocol.parse(port.protocol());
        if (!reserved.allows(toPort, listener.bind(), port.number(), protocol, false)) {
            return;
        }
        boolean ownTls = listener.tls() != null && view.isOn(Feature.ENABLE_TLS_ON_SIDECAR_INGRESS);
        SidecarScope scope = view.scope();
        byPort.putIfAbsent(
                port.number(),
                new InboundChain(
                        port.number(),
                        port.name(),
                        ownTls ? terminated(protocol) : protocol,
                        port.number(),
                        new Binding(addresses(listener), toPort),
                        false,
                        scope.name() + "." + scope.namespace(),
                        null,
                        ownTls ? listener.tls() : null,
                        metadata(scope),
                        ImmutableList.copyOf(scope.origins())));
    }

    private ImmutableList<String> addresses(IstioIngressListener listener) {
        if (!listener.bind().isEmpty()) {
            return ImmutableList.of(listener.bind());
        }
        ImmutableList<String> own = view.proxy().ips().stream()
                .filter(InboundChains::isGlobalUnicast)
                .limit(1)
                .collect(ImmutableList.toImmutableList());
        return own.isEmpty() ? Binding.wildcards(view.proxy()) : own;
    }

    private static boolean isGlobalUnicast(String ip) {
        InetAddress address = InetAddresses.forString(ip);
        return !address.isLoopbackAddress()
                && !address.isMulticastAddress()
                && !address.isLinkLocalAddress()
                && !address.isAnyLocalAddress();
    }

    private static Metadata metadata(SidecarScope scope) {
        return ConfigMetadata.of("networking.istio.io/v1", "sidecar", scope.namespace(), scope.name());
    }

    /** What is inside once TLS is taken off. */
    static Protocol terminated(Protocol protocol) {
        return switch (protocol) {
            case HTTPS -> Protocol.HTTP;
            case TLS -> Protocol.TCP;
            case GRPC,
                    GRPC_WEB,
                    HTTP,
                    HTTP_PROXY,
                    HTTP2,
                    TCP,
                    UDP,
                    MONGO,
                    REDIS,
                    MYSQL,
                    HBONE,
                    DOUBLE_HBONE,
                    UNSUPPORTED -> protocol;
        };
    }
}
