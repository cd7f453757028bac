package io.layar.capture;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings to iptables rules, IPv4. Pure. The rules are those of istio-iptables, in its order; a table is the text that
 * {@code iptables-restore} reads. Not done: IPv6, DNS capture, owner groups (the agent's issue).
 * Source: istio tools/istio-iptables/pkg/capture.
 */
public final class CaptureRules {
    private static final String LOOPBACK = "127.0.0.1/32";
    /** The proxy's own source address towards the application: never captured again. */
    private static final String PASSTHROUGH_SOURCE = "127.0.0.6/32";

    private static final int TPROXY_MARK = 1337;
    private static final int OUTBOUND_MARK = TPROXY_MARK + 1;
    private static final int ROUTE_TABLE = 133;

    private CaptureRules() {}

    /** The tables of {@code settings} as input of {@code iptables-restore --noflush}. Order: mangle before nat. */
    public static String restoreInput(CaptureSettings settings) {
        List<String> lines = new ArrayList<>();
        boolean tproxy = settings.mode() == CaptureSettings.Mode.TPROXY;
        if (tproxy && !settings.inboundPortsInclude().isEmpty()) {
            lines.addAll(mangle(settings));
        }
        lines.addAll(nat(settings));
        return String.join("\n", lines) + "\n";
    }

    /** Commands that let marked packets of TPROXY be delivered on this machine; empty for REDIRECT. */
    public static ImmutableList<ImmutableList<String>> routeCommands(CaptureSettings settings) {
        if (settings.mode() != CaptureSettings.Mode.TPROXY) {
            return ImmutableList.of();
        }
        String table = String.valueOf(ROUTE_TABLE);
        return ImmutableList.of(
                ImmutableList.of("ip", "rule", "add", "fwmark", String.valueOf(TPROXY_MARK), "lookup", table),
                ImmutableList.of("ip", "route", "add", "local", "default", "dev", "lo", "table", table));
    }

    private static List<String> nat(CaptureSettings s) {
        List<String> out = new ArrayList<>(
                List.of("* nat", "-N ISTIO_INBOUND", "-N ISTIO_REDIRECT", "-N ISTIO_IN_REDIRECT", "-N ISTIO_OUTPUT"));
        for (String device : s.excludeInterfaces()) {
            out.add("-A PREROUTING -i " + device + " -j RETURN");
            out.add("-A OUTPUT -o " + device + " -j RETURN");
        }
        out.add("-A ISTIO_INBOUND -p tcp --dport " + s.inboundTunnelPort() + " -j RETURN");
        out.add("-A ISTIO_REDIRECT -p tcp -j REDIRECT --to-ports " + s.proxyPort());
        out.add("-A ISTIO_IN_REDIRECT -p tcp -j REDIRECT --to-ports " + s.inboundCapturePort());
        if (s.mode() == CaptureSettings.Mode.REDIRECT) {
            inboundPorts(s, out, "ISTIO_IN_REDIRECT", List.of());
        }
        out.add("-A OUTPUT -j ISTIO_OUTPUT");
        for (String port : s.outboundPortsExclude()) {
            out.add("-A ISTIO_OUTPUT -p tcp --dport " + port + " -j RETURN");
            out.add("-A ISTIO_OUTPUT -p udp --dport " + port + " -j RETURN");
        }
        out.add("-A ISTIO_OUTPUT -o lo -s " + PASSTHROUGH_SOURCE + " -j RETURN");
        s.proxyUids().forEach(uid -> ownTraffic(s, out, "--uid-owner " + uid));
        s.proxyGids().forEach(gid -> ownTraffic(s, out, "--gid-owner " + gid));
        out.add("-A ISTIO_OUTPUT -d " + LOOPBACK + " -j RETURN");
        for (String range : s.outboundRangesExclude()) {
            out.add("-A ISTIO_OUTPUT -d " + range + " -j RETURN");
        }
        for (String port : s.outboundPortsInclude()) {
            out.add("-A ISTIO_OUTPUT -p tcp --dport " + port + " -j ISTIO_REDIRECT");
        }
        for (String range : s.outboundRangesInclude()) {
            out.add(
                    range.equals("*")
                            ? "-A ISTIO_OUTPUT -j ISTIO_REDIRECT"
                            : "-A ISTIO_OUTPUT -d " + range + " -j ISTIO_REDIRECT");
        }
        out.add("COMMIT");
        return out;
    }

    /** The proxy calling its own pod by a service address comes in again; its other traffic leaves untouched. */
    private static void ownTraffic(CaptureSettings s, List<String> out, String owner) {
        out.add("-A ISTIO_OUTPUT -o lo ! -d " + LOOPBACK + " -p tcp ! --dport " + s.inboundTunnelPort() + " -m owner "
                + owner + " -j ISTIO_IN_REDIRECT");
        out.add("-A ISTIO_OUTPUT -o lo -m owner ! " + owner + " -j RETURN");
        out.add("-A ISTIO_OUTPUT -m owner " + owner + " -j RETURN");
    }

    private static List<String> mangle(CaptureSettings s) {
        List<String> out =
                new ArrayList<>(List.of("* mangle", "-N ISTIO_DIVERT", "-N ISTIO_TPROXY", "-N ISTIO_INBOUND"));
        out.add("-A ISTIO_DIVERT -j MARK --set-mark " + TPROXY_MARK);
        out.add("-A ISTIO_DIVERT -j ACCEPT");
        out.add("-A ISTIO_TPROXY ! -d " + LOOPBACK + " -p tcp -j TPROXY --tproxy-mark " + TPROXY_MARK
                + "/0xffffffff --on-port " + s.inboundCapturePort());
        inboundPorts(s, out, "ISTIO_TPROXY", List.of("-m conntrack --ctstate RELATED,ESTABLISHED -j ISTIO_DIVERT"));
        out.add("-A PREROUTING -p tcp -m mark --mark " + TPROXY_MARK + " -j CONNMARK --save-mark");
        out.add("-A OUTPUT -p tcp -o lo -m mark --mark " + TPROXY_MARK + " -j RETURN");
        String toLoopback = "-A OUTPUT ! -d " + LOOPBACK + " -p tcp -o lo -m owner ";
        s.proxyUids()
                .forEach(uid -> out.add(toLoopback + "--uid-owner " + uid + " -j MARK --set-mark " + OUTBOUND_MARK));
        s.proxyGids()
                .forEach(gid -> out.add(toLoopback + "--gid-owner " + gid + " -j MARK --set-mark " + OUTBOUND_MARK));
        out.add("-A OUTPUT -p tcp -m connmark --mark " + TPROXY_MARK + " -j CONNMARK --restore-mark");
        out.add("-I ISTIO_INBOUND 1 -p tcp -m mark --mark " + TPROXY_MARK + " -j RETURN");
        out.add("-I ISTIO_INBOUND 2 -p tcp -s " + PASSTHROUGH_SOURCE + " -i lo -j RETURN");
        out.add("-I ISTIO_INBOUND 3 -p tcp -i lo -m mark ! --mark " + OUTBOUND_MARK + " -j RETURN");
        out.add("COMMIT");
        return out;
    }

    private static void inboundPorts(CaptureSettings s, List<String> out, String target, List<String> before) {
        if (s.inboundPortsInclude().isEmpty()) {
            return;
        }
        out.add("-A PREROUTING -p tcp -j ISTIO_INBOUND");
        if (s.inboundPortsInclude().contains("*")) {
            s.inboundPortsExclude().forEach(port -> out.add("-A ISTIO_INBOUND -p tcp --dport " + port + " -j RETURN"));
            before.forEach(rule -> out.add("-A ISTIO_INBOUND -p tcp " + rule));
            out.add("-A ISTIO_INBOUND -p tcp -j " + target);
            return;
        }
        for (String port : s.inboundPortsInclude()) {
            before.forEach(rule -> out.add("-A ISTIO_INBOUND -p tcp --dport " + port + " " + rule));
            out.add("-A ISTIO_INBOUND -p tcp --dport " + port + " -j " + target);
        }
    }
}
