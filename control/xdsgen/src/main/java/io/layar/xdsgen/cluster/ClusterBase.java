package io.layar.xdsgen.cluster;

import com.google.protobuf.Duration;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.http.header_formatters.preserve_case.v3.PreserveCaseFormatterConfig;
import io.envoyproxy.envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig;
import io.layar.base.GoDuration;
import io.layar.config.mesh.ProxyHeaders;
import io.layar.mesh.Feature;
import io.layar.mesh.ProxyView;
import io.layar.mesh.proxy.ProxyType;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServicePort;
import io.layar.xdsgen.endpoint.LocalityGroup;
import io.layar.xdsgen.envoy.Protos;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all clusters have: name, type, DNS settings, protocol, statistics' name, metadata. */
final class ClusterBase {
    private static final String ISTIO = "istio";
    private static final java.time.Duration DEFAULT_JITTER = java.time.Duration.ofMillis(100);

    private final ProxyView view;

    ClusterBase(ProxyView view) {
        this.view = view;
    }

    /**
     * A cluster of a service's port.
     *
     * @param groups its endpoints, for the types that carry them
     * @return null when a type that carries endpoints has none
     */
    @Nullable
    ClusterDraft of(
            String name, Cluster.DiscoveryType type, List<LocalityGroup> groups, Service service, ServicePort port) {
        Cluster.Builder cluster = named(name).setType(type);
        cluster.getCommonLbConfigBuilder();
        switch (type) {
            case STRICT_DNS, LOGICAL_DNS -> dns(cluster, service);
            case ORIGINAL_DST -> {
                Integer override = service.kubernetes().passthroughTargetPorts().get(port.port());
                if (override != null) {
                    cluster.setOriginalDstLbConfig(
                            Cluster.OriginalDstLbConfig.newBuilder().setUpstreamPortOverride(UInt32Value.of(override)));
                }
            }
            case STATIC, EDS, UNRECOGNIZED -> {}
        }
        ClusterDraft draft = new ClusterDraft(cluster, false);
        if (type == Cluster.DiscoveryType.STRICT_DNS
                || type == Cluster.DiscoveryType.LOGICAL_DNS
                || type == Cluster.DiscoveryType.STATIC) {
            if (groups.isEmpty()) {
                return null;
            }
            draft.setGroups(groups);
            cluster.getLoadAssignmentBuilder().setClusterName(name);
            groups.forEach(g -> cluster.getLoadAssignmentBuilder().addEndpoints(g.build()));
        }
        protocol(draft, port);
        return draft;
    }

    /** A cluster with its name, and the name's statistics. */
    static Cluster.Builder named(String name) {
        return Cluster.newBuilder().setName(name).setAltStatName(name + ";");
    }

    @SuppressWarnings("deprecation") // these fields are what Istio sends
    private void dns(Cluster.Builder cluster, Service service) {
        cluster.setDnsLookupFamily(
                        service.kubernetes().raceFirstTcpConnect() ? Cluster.DnsLookupFamily.ALL : lookupFamily())
                .setTypedDnsResolverConfig(TypedExtensionConfig.newBuilder()
                        .setName("envoy.network.dns_resolver.cares")
                        .setTypedConfig(Protos.pack(CaresDnsResolverConfig.newBuilder()
                                .setUdpMaxQueries(UInt32Value.of(udpMaxQueries()))
                                .build())))
                .setDnsJitter(jitter())
                .setRespectDnsTtl(true);
        if (view.mesh().dnsRefreshRate() != null) {
            cluster.setDnsRefreshRate(Protos.duration(view.mesh().dnsRefreshRate()));
        }
    }

    private int udpMaxQueries() {
        return Integer.parseUnsignedInt(view.features().text("PILOT_DNS_CARES_UDP_MAX_QUERIES", "100"));
    }

    private Duration jitter() {
        java.time.Duration said = GoDuration.parse(view.features().text("PILOT_DNS_JITTER_DURATION", "100ms"));
        return Protos.duration(said == null ? DEFAULT_JITTER : said);
    }

    Cluster.DnsLookupFamily lookupFamily() {
        if (!view.proxy().supportsIpv6()) {
            return Cluster.DnsLookupFamily.V4_ONLY;
        }
        if (!view.proxy().supportsIpv4()) {
            return view.isOn(Feature.ENABLE_ADDITIONAL_IPV4_OUTBOUND_LISTENER_FOR_IPV6_ONLY)
                    ? Cluster.DnsLookupFamily.ALL
                    : Cluster.DnsLookupFamily.V6_ONLY;
        }
        return view.isOn(Feature.ENABLE_DUAL_STACK) ? Cluster.DnsLookupFamily.ALL : Cluster.DnsLookupFamily.V4_ONLY;
    }

    /** The version of HTTP: of the port, or as the client speaks where a sidecar does not know the port's protocol. */
    void protocol(ClusterDraft draft, ServicePort port) {
        if (port.protocol().isHttp2()) {
            draft.speakHttp2();
            return;
        }
        boolean unknown = port.protocol().isUnsupported();
        if ((port.protocol().isHttp() || unknown) && preservesCase(view)) {
            draft.http().getExplicitHttpConfigBuilder().setHttpProtocolOptions(preservingCase());
        }
        boolean sniffs = view.proxy().isSidecar() || view.proxy().type() == ProxyType.WAYPOINT;
        if (sniffs && unknown) {
            draft.speakAsDownstream();
        }
    }

    /** Should names of HTTP/1 headers keep the case in which they came? */
    static boolean preservesCase(ProxyView view) {
        ProxyHeaders headers = view.proxyConfig().proxyHeaders();
        return headers != null && Boolean.TRUE.equals(headers.preserveHttp1HeaderCase());
    }

    static Http1ProtocolOptions preservingCase() {
        return Http1ProtocolOptions.newBuilder()
                .setHeaderKeyFormat(Http1ProtocolOptions.HeaderKeyFormat.newBuilder()
                        .setStatefulFormatter(TypedExtensionConfig.newBuilder()
                                .setName("preserve_case")
                                .setTypedConfig(Protos.pack(PreserveCaseFormatterConfig.getDefaultInstance()))))
                .build();
    }

    /** The services that telemetry reports as the destination. */
    void addServices(Cluster.Builder cluster, List<Service> services) {
        if (!view.isOn(Feature.ENABLE_TELEMETRY_LABEL)) {
            return;
        }
        ListValue.Builder list = ListValue.newBuilder();
        for (Service service : services) {
            list.addValues(Value.newBuilder()
                    .setStructValue(Struct.newBuilder()
                            .putFields("host", Protos.text(service.hostname()))
                            .putFields("name", Protos.text(service.name()))
                            .putFields("namespace", Protos.text(service.namespace()))));
        }
        putIstio(cluster, "services", Value.newBuilder().setListValue(list).build());
    }

    /** Puts an entry into the metadata {@code istio}. */
    static void putIstio(Cluster.Builder cluster, String key, Value value) {
        Metadata.Builder metadata = cluster.getMetadataBuilder();
        Struct known = metadata.getFilterMetadataOrDefault(ISTIO, Struct.getDefaultInstance());
        metadata.putFilterMetadata(
                ISTIO, known.toBuilder().putFields(key, value).build());
    }

    static boolean hasIstio(Cluster.Builder cluster) {
        return cluster.hasMetadata() && cluster.getMetadata().containsFilterMetadata(ISTIO);
    }
}
