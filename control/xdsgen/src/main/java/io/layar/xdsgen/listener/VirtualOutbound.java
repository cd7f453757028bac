package io.layar.xdsgen.listener;

import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.mesh.proxy.Proxy.Interception;
import io.layar.mesh.service.Protocol;
import io.layar.mesh.service.ServicePort;
import io.layar.xdsgen.envoy.Addresses;
import io.layar.xdsgen.envoy.Protos;
import io.layar.xdsgen.filterchain.ChainContext;
import io.layar.xdsgen.filterchain.ChainSpec;
import io.layar.xdsgen.filterchain.HttpChain;
import io.layar.xdsgen.filterchain.ListenerClass;
import io.layar.xdsgen.filterchain.ListenerFilters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The listener that takes all captured outbound traffic, and the explicit HTTP proxy. */
final class VirtualOutbound {
    static final String NAME = "virtualOutbound";
    /** Name of the explicit proxy's route configuration. */
    static final String HTTP_PROXY_ROUTES = "http_proxy";

    private final ProxyView view;
    private final ChainContext context;
    private final CatchAllChains catchAll;

    VirtualOutbound(ProxyView view, ChainContext context, CatchAllChains catchAll) {
        this.view = view;
        this.context = context;
        this.catchAll = catchAll;
    }

    /** Null when nothing is captured. */
    @Nullable
    Listener captured() {
        Interception interception = view.proxy().interception();
        if (interception == Interception.NONE) {
            return null;
        }
        ImmutableList<String> addresses = Binding.wildcards(view.proxy());
        int port = view.mesh().proxyListenPort();
        Listener.Builder listener = Listener.newBuilder()
                .setName(NAME)
                .setAddress(Addresses.of(addresses.getFirst(), port))
                .setUseOriginalDst(Protos.TRUE)
                .addAllFilterChains(catchAll.all())
                .setTrafficDirection(TrafficDirection.OUTBOUND)
                .addAllAccessLog(context.telemetry().accessLogs().listener(ListenerClass.SIDECAR_OUTBOUND));
        if (interception == Interception.TPROXY) {
            listener.setTransparent(Protos.TRUE);
        }
        if (DynamicForwarding.isForAny(view)) {
            listener.addListenerFilters(ListenerFilters.HTTP_INSPECTOR);
        }
        ListenerParts.acceptSlowly(view.features(), listener);
        if (addresses.size() > 1 && view.isOn(Feature.ENABLE_DUAL_STACK)) {
            listener.addAllAdditionalAddresses(Addresses.additional(addresses.subList(1, addresses.size()), port));
        } else if (!view.proxy().supportsIpv4()
                && view.isOn(Feature.ENABLE_ADDITIONAL_IPV4_OUTBOUND_LISTENER_FOR_IPV6_ONLY)) {
            listener.addAllAdditionalAddresses(Addresses.additional(List.of(Binding.ANY_V4), port));
        }
        return listener.build();
    }

    /** Null when neither mesh nor proxy want one. */
    @Nullable
    OutboundEntry httpProxy() {
        String own = view.proxy().metadata().text("HTTP_PROXY_PORT");
        boolean number = !own.isEmpty() && own.length() < 6 && own.chars().allMatch(Character::isDigit);
        int port = number ? Integer.parseInt(own) : view.mesh().proxyHttpPort();
        if (port == 0) {
            return null;
        }
        HttpConnectionManager.Builder base = HttpConnectionManager.newBuilder();
        base.getHttpProtocolOptionsBuilder().setAllowAbsoluteUrl(Protos.TRUE).setAcceptHttp10(context.acceptsHttp10());
        ChainSpec chain = ChainSpec.of(new HttpChain(
                ListenerClass.SIDECAR_OUTBOUND,
                HTTP_PROXY_ROUTES,
                null,
                base.build(),
                Protocol.HTTP_PROXY,
                port,
                "",
                context.headers(ListenerClass.SIDECAR_OUTBOUND).withExchange(),
                false,
                DynamicForwarding.http(view)));
        return new OutboundEntry(
                new ServicePort("", port, Protocol.HTTP_PROXY),
                new Binding(Binding.loopbacks(view.proxy()), true),
                List.of(chain),
                Protocol.HTTP_PROXY);
    }
}
