package io.layar.xdsgen.filterchain;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.layar.config.mesh.MeshConfig;
import io.layar.config.mesh.MeshNetworks;
import io.layar.config.mesh.ProxyConfig;
import io.layar.mesh.Feature;
import io.layar.mesh.Features;
import io.layar.mesh.proxy.Proxy;
import io.layar.xdsgen.telemetry.ProxyTelemetry;

/** What every filter chain of one proxy depends on. */
public record ChainContext(
        Proxy proxy,
        MeshConfig mesh,
        MeshNetworks networks,
        ProxyConfig proxyConfig,
        Features features,
        ConnectionLimits limits,
        ProxyTelemetry telemetry,
        ChainPolicies policies,
        ServerTls tls) {

    public HeaderSettings headers(ListenerClass side) {
        return HeaderSettings.of(proxyConfig, side);
    }

    /** The listener class of a proxy's connections to others. */
    public ListenerClass outboundClass() {
        return proxy.isRouter() ? ListenerClass.GATEWAY : ListenerClass.SIDECAR_OUTBOUND;
    }

    public boolean exchangesMetadata() {
        return features.isOn(Feature.METADATA_EXCHANGE);
    }

    /** Labels that workloads tell each other beyond the usual ones. */
    public ImmutableList<String> exchangedLabels() {
        return ImmutableList.copyOf(Splitter.on(',')
                .trimResults()
                .omitEmptyStrings()
                .split(features.text("PILOT_MX_ADDITIONAL_LABELS", "")));
    }

    /** The filter that exchanges workload facts on a listener's connections; none when that is off. */
    public ImmutableList<Filter> metadataExchange() {
        return exchangesMetadata()
                ? ImmutableList.of(NetworkFilters.metadataExchange(exchangedLabels()))
                : ImmutableList.of();
    }

    /** Is HTTP/1.0 accepted? */
    public boolean acceptsHttp10() {
        return features.isOn(Feature.HTTP10) || proxy.metadata().text("HTTP10").equals("1");
    }
}
