package io.layar.xdsgen.listener;

import com.google.common.collect.ImmutableList;
import io.layar.mesh.ProxyView;
import io.layar.xdsgen.filterchain.ChainContext;
import io.layar.xdsgen.filterchain.ConnectionLimits;
import io.layar.xdsgen.filterchain.ServerTls;
import io.layar.xdsgen.telemetry.Providers;
import io.layar.xdsgen.telemetry.ProxyTelemetry;

/** What a proxy's chains depend on, taken from its view of the mesh. */
public final class ChainContexts {
    private ChainContexts() {}

    public static ChainContext of(ProxyView view) {
        Providers.ServiceLookup services =
                host -> ImmutableList.copyOf(view.servicesOfHost(host).values());
        return new ChainContext(
                view.proxy(),
                view.mesh(),
                view.networks(),
                view.proxyConfig(),
                view.features(),
                ConnectionLimits.of(
                        view.proxy(), view.proxyConfig(), view.mesh().defaultConfig()),
                ProxyTelemetry.of(
                        view.config(),
                        view.mesh(),
                        view.proxy(),
                        view.proxyConfig(),
                        services,
                        name -> view.features().text(name, "")),
                SecurityFilters.of(view, services),
                new ServerTls(view.proxy(), view.mesh(), view.features(), services));
    }
}
