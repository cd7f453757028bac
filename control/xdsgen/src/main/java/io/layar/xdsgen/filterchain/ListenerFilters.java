package io.layar.xdsgen.filterchain;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilterChainMatchPredicate;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilterChainMatchPredicate.MatchSet;
import io.envoyproxy.envoy.extensions.filters.listener.http_inspector.v3.HttpInspector;
import io.envoyproxy.envoy.extensions.filters.listener.original_dst.v3.OriginalDst;
import io.envoyproxy.envoy.extensions.filters.listener.original_src.v3.OriginalSrc;
import io.envoyproxy.envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.type.v3.Int32Range;
import io.layar.xdsgen.envoy.Protos;
import java.util.List;

/** Listener filters, and the ports on which they stay away. */
public final class ListenerFilters {
    /** Mark on the sockets that the original-source filter opens, as the capture rules expect it. */
    private static final int ORIGINAL_SOURCE_MARK = 1337;
    /** Bytes that the TLS inspector reads first; Envoy's default of 64 KiB is wasted on most connections. */
    private static final int INSPECTOR_BUFFER = 512;

    public static final ListenerFilter TLS_INSPECTOR = filter(
            "envoy.filters.listener.tls_inspector",
            TlsInspector.newBuilder()
                    .setInitialReadBufferSize(Protos.uint32(INSPECTOR_BUFFER))
                    .build());
    public static final ListenerFilter HTTP_INSPECTOR =
            filter("envoy.filters.listener.http_inspector", HttpInspector.getDefaultInstance());
    public static final ListenerFilter ORIGINAL_DESTINATION =
            filter("envoy.filters.listener.original_dst", OriginalDst.getDefaultInstance());
    public static final ListenerFilter ORIGINAL_SOURCE = filter(
            "envoy.filters.listener.original_src",
            OriginalSrc.newBuilder().setMark(ORIGINAL_SOURCE_MARK).build());
    public static final ListenerFilter PROXY_PROTOCOL =
            filter("envoy.filters.listener.proxy_protocol", ProxyProtocol.getDefaultInstance());

    private ListenerFilters() {}

    private static ListenerFilter filter(String name, Message config) {
        return ListenerFilter.newBuilder()
                .setName(name)
                .setTypedConfig(Protos.pack(config))
                .build();
    }

    /** The filter, off for connections to {@code ports}. */
    public static ListenerFilter except(ListenerFilter filter, List<Integer> ports) {
        return ports.isEmpty()
                ? filter
                : filter.toBuilder().setFilterDisabled(toPorts(ports)).build();
    }

    /** The filter, on only for connections to {@code ports}; on everywhere when there are none. */
    public static ListenerFilter only(ListenerFilter filter, List<Integer> ports) {
        return ports.isEmpty()
                ? filter
                : filter.toBuilder()
                        .setFilterDisabled(
                                ListenerFilterChainMatchPredicate.newBuilder().setNotMatch(toPorts(ports)))
                        .build();
    }

    private static ListenerFilterChainMatchPredicate toPorts(List<Integer> ports) {
        if (ports.size() == 1) {
            return toPort(ports.getFirst());
        }
        MatchSet.Builder any = MatchSet.newBuilder();
        ports.forEach(port -> any.addRules(toPort(port)));
        return ListenerFilterChainMatchPredicate.newBuilder().setOrMatch(any).build();
    }

    private static ListenerFilterChainMatchPredicate toPort(int port) {
        return ListenerFilterChainMatchPredicate.newBuilder()
                .setDestinationPortRange(Int32Range.newBuilder().setStart(port).setEnd(port + 1))
                .build();
    }
}
