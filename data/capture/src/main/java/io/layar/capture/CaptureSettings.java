package io.layar.capture;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * Which traffic of one pod goes through its proxy. Thread: any (immutable).
 * Source: the options of istio-iptables, of the same names.
 *
 * @param mode how inbound traffic reaches the proxy
 * @param proxyPort outbound traffic is redirected here
 * @param inboundCapturePort inbound traffic is redirected here
 * @param inboundTunnelPort never captured: HBONE arrives here
 * @param proxyUids users whose traffic is the proxy's own
 * @param proxyGids groups whose traffic is the proxy's own
 * @param inboundPortsInclude captured ports, {@code *} for all, empty for none
 * @param inboundPortsExclude ports left alone, counted only where all are captured
 * @param outboundPortsInclude ports captured whatever their address
 * @param outboundPortsExclude ports left alone
 * @param outboundRangesInclude captured IPv4 ranges, {@code *} for all
 * @param outboundRangesExclude IPv4 ranges left alone
 * @param excludeInterfaces network interfaces left alone
 */
public record CaptureSettings(
        Mode mode,
        int proxyPort,
        int inboundCapturePort,
        int inboundTunnelPort,
        ImmutableList<String> proxyUids,
        ImmutableList<String> proxyGids,
        ImmutableList<String> inboundPortsInclude,
        ImmutableList<String> inboundPortsExclude,
        ImmutableList<String> outboundPortsInclude,
        ImmutableList<String> outboundPortsExclude,
        ImmutableList<String> outboundRangesInclude,
        ImmutableList<String> outboundRangesExclude,
        ImmutableList<String> excludeInterfaces) {

    /** The group (and user) that the proxy runs as, and the mark of its connections under TPROXY. */
    public static final String PROXY_ID = "1337";

    private static final int PROXY_PORT = 15001;
    private static final int INBOUND_PORT = 15006;
    private static final int TUNNEL_PORT = 15008;

    /** REDIRECT keeps the destination in connection tracking; TPROXY keeps the source address as well. */
    public enum Mode {
        REDIRECT,
        TPROXY
    }

    public CaptureSettings {
        if (outboundRangesInclude.contains("*") && outboundRangesInclude.size() > 1) {
            throw new IllegalArgumentException(
                    "outbound ranges: " + outboundRangesInclude + " (expected: either * alone or a list of ranges)");
        }
    }

    /** What injection asks for by default: everything is captured but the proxy's own three ports. */
    public static CaptureSettings sidecar(Mode mode) {
        ImmutableList<String> none = ImmutableList.of();
        ImmutableList<String> all = ImmutableList.of("*");
        ImmutableList<String> own = ImmutableList.of(PROXY_ID);
        return new CaptureSettings(
                mode,
                PROXY_PORT,
                INBOUND_PORT,
                TUNNEL_PORT,
                own,
                own,
                all,
                ImmutableList.of("15090", "15021", "15020"),
                none,
                none,
                all,
                none,
                none);
    }

    public CaptureSettings withInboundPorts(List<String> include, List<String> exclude) {
        return new CaptureSettings(
                mode,
                proxyPort,
                inboundCapturePort,
                inboundTunnelPort,
                proxyUids,
                proxyGids,
                ImmutableList.copyOf(include),
                ImmutableList.copyOf(exclude),
                outboundPortsInclude,
                outboundPortsExclude,
                outboundRangesInclude,
                outboundRangesExclude,
                excludeInterfaces);
    }

    public CaptureSettings withOutboundPorts(List<String> include, List<String> exclude) {
        return new CaptureSettings(
                mode,
                proxyPort,
                inboundCapturePort,
                inboundTunnelPort,
                proxyUids,
                proxyGids,
                inboundPortsInclude,
                inboundPortsExclude,
                ImmutableList.copyOf(include),
                ImmutableList.copyOf(exclude),
                outboundRangesInclude,
                outboundRangesExclude,
                excludeInterfaces);
    }

    public CaptureSettings withOutboundRanges(List<String> include, List<String> exclude) {
        return new CaptureSettings(
                mode,
                proxyPort,
                inboundCapturePort,
                inboundTunnelPort,
                proxyUids,
                proxyGids,
                inboundPortsInclude,
                inboundPortsExclude,
                outboundPortsInclude,
                outboundPortsExclude,
                ImmutableList.copyOf(include),
                ImmutableList.copyOf(exclude),
                excludeInterfaces);
    }

    public CaptureSettings withExcludedInterfaces(List<String> interfaces) {
        return new CaptureSettings(
                mode,
                proxyPort,
                inboundCapturePort,
                inboundTunnelPort,
                proxyUids,
                proxyGids,
                inboundPortsInclude,
                inboundPortsExclude,
                outboundPortsInclude,
                outboundPortsExclude,
                outboundRangesInclude,
                outboundRangesExclude,
                ImmutableList.copyOf(interfaces));
    }
}
