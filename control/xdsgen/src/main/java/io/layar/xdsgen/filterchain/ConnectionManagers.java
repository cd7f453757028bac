package io.layar.xdsgen.filterchain;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Ordering;
import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.CidrRange;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions.HeaderKeyFormat;
import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.InternalAddressConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.PathWithEscapedSlashesAction;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.UpgradeConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.envoyproxy.envoy.extensions.http.header_formatters.preserve_case.v3.PreserveCaseFormatterConfig;
import io.layar.config.mesh.MeshConfig.ProxyPathNormalization.NormalizationType;
import io.layar.mesh.Feature;
import io.layar.mesh.service.Protocol;
import io.layar.xdsgen.envoy.Addresses;
import io.layar.xdsgen.envoy.Protos;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The HTTP connection manager: defaults, routes, filters in their order, tracing and logs. */
public final class ConnectionManagers {
    private static final UpgradeConfig WEBSOCKET =
            UpgradeConfig.newBuilder().setUpgradeType("websocket").build();
    private static final ConfigSource ROUTES_OVER_ADS = ConfigSource.newBuilder()
            .setAds(AggregatedConfigSource.getDefaultInstance())
            .setInitialFetchTimeout(Protos.ZERO)
            .setResourceApiVersion(ApiVersion.V3)
            .build();
    private static final HeaderKeyFormat PRESERVED_CASE = HeaderKeyFormat.newBuilder()
            .setStatefulFormatter(TypedExtensionConfig.newBuilder()
                    .setName("preserve_case")
                    .setTypedConfig(Protos.pack(PreserveCaseFormatterConfig.getDefaultInstance())))
            .build();

    private final ChainContext context;

    public ConnectionManagers(ChainContext context) {
        this.context = context;
    }

    public HttpConnectionManager build(HttpChain chain) {
        HttpConnectionManager.Builder manager = chain.base().toBuilder();
        HeaderSettings headers = chain.headers();
        manager.setServerName(headers.serverName())
                .setServerHeaderTransformation(headers.serverTransformation())
                .setAppendXForwardedPort(headers.forwardedPort())
                .setProxy100Continue(context.features().isOn(Feature.ENABLE_100_CONTINUE_HEADERS))
                .setStatPrefix(chain.statPrefix())
                .setUseRemoteAddress(chain.useRemoteAddress() ? Protos.TRUE : Protos.FALSE)
                .addUpgradeConfigs(WEBSOCKET)
                .setStreamIdleTimeout(Protos.ZERO);
        if (!headers.requestId()) {
            manager.setGenerateRequestId(Protos.FALSE);
        }
        if (headers.preserveCase()) {
            manager.getHttpProtocolOptionsBuilder().setHeaderKeyFormat(PRESERVED_CASE);
        }
        normalize(manager);
        Duration idle = GoDurations.parse(context.proxy().metadata().text("IDLE_TIMEOUT"));
        if (idle != null) {
            manager.setCommonHttpProtocolOptions(
                    HttpProtocolOptions.newBuilder().setIdleTimeout(idle));
        }
        context.limits().apply(manager);
        if (chain.routes() == null) {
            manager.setRds(Rds.newBuilder().setConfigSource(ROUTES_OVER_ADS).setRouteConfigName(chain.routeName()));
        } else {
            manager.setRouteConfig(chain.routes());
        }
        manager.addAllAccessLog(context.telemetry().accessLogs().http(chain.side()));
        manager.addAllHttpFilters(filters(chain));
        context.telemetry().tracing().apply(chain.side(), manager);
        InternalAddressConfig internal = internalAddresses(chain);
        if (internal != null) {
            manager.setInternalAddressConfig(internal);
        }
        return manager.build();
    }

    private void normalize(HttpConnectionManager.Builder manager) {
        NormalizationType type = context.mesh().pathNormalization() == null
                ? NormalizationType.DEFAULT
                : context.mesh().pathNormalization().normalization();
        manager.setPathWithEscapedSlashesAction(PathWithEscapedSlashesAction.KEEP_UNCHANGED);
        switch (type) {
            case NONE -> manager.setNormalizePath(Protos.FALSE);
            case BASE, DEFAULT -> manager.setNormalizePath(Protos.TRUE);
            case MERGE_SLASHES -> manager.setNormalizePath(Protos.TRUE).setMergeSlashes(true);
            case DECODE_AND_MERGE_SLASHES ->
                manager.setNormalizePath(Protos.TRUE)
                        .setMergeSlashes(true)
                        .setPathWithEscapedSlashesAction(PathWithEscapedSlashesAction.UNESCAPE_AND_FORWARD);
        }
    }

    /** Order: exchange of facts before any policy, so that policies and logs of refused requests have them; router last. */
    private ImmutableList<HttpFilter> filters(HttpChain chain) {
        ListenerClass side = chain.side();
        ImmutableList.Builder<HttpFilter> filters = ImmutableList.builder();
        if (context.exchangesMetadata()) {
            filters.add(HttpFilters.metadataExchange(
                    side, chain.headers().skipExternalExchange(), context.exchangedLabels()));
        }
        filters.addAll(context.policies().customHttp(side));
        filters.addAll(context.policies().tokens(side));
        filters.addAll(context.policies().rulesHttp(side));
        if (chain.protocol() == Protocol.GRPC_WEB) {
            filters.add(HttpFilters.GRPC_WEB);
        }
        filters.add(HttpFilters.GRPC_STATS);
        if (side != ListenerClass.SIDECAR_INBOUND && context.features().isOn(Feature.ENABLE_ALPN_FILTER)) {
            filters.add(HttpFilters.ALPN);
        }
        filters.add(HttpFilters.FAULT).add(HttpFilters.CORS);
        filters.addAll(context.telemetry().httpFilters(side));
        if (side != ListenerClass.SIDECAR_INBOUND
                && context.features().isOn(Feature.ENABLE_PERSISTENT_SESSION_FILTER)) {
            filters.add(HttpFilters.EMPTY_SESSION);
        }
        filters.addAll(chain.forwarding());
        filters.add(HttpFilters.router(chain.headers().suppressDebug()));
        return filters.build();
    }

    /** Envoy trusts no address by itself; where the client's address counts, those of the mesh's networks are trusted. */
    private @Nullable InternalAddressConfig internalAddresses(HttpChain chain) {
        if (!chain.useRemoteAddress() && !context.features().isOn(Feature.ENABLE_HCM_INTERNAL_NETWORKS)) {
            return null;
        }
        List<CidrRange> ranges = new ArrayList<>();
        context.networks()
                .networks()
                .values()
                .forEach(network -> network.endpoints().forEach(endpoint -> addRange(endpoint, ranges)));
        if (ranges.isEmpty()) {
            return null;
        }
        ranges.sort(Ordering.from(AddressOrder.BY_ADDRESS));
        return InternalAddressConfig.newBuilder().addAllCidrRanges(ranges).build();
    }

    private static void addRange(io.layar.config.mesh.Network.NetworkEndpoints endpoint, List<CidrRange> ranges) {
        CidrRange range = endpoint.fromCidr() == null ? null : Addresses.cidr(endpoint.fromCidr());
        if (range != null) {
            ranges.add(range);
        }
    }
}
