package io.layar.proxy.core.route;

import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.layar.proxy.core.config.ConfigRejected;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which upgrades a route allows, and what it does with CONNECT. Thread: any (immutable). */
public final class UpgradePolicy {
    static final UpgradePolicy NONE = new UpgradePolicy(Map.of());

    private final Map<String, Rule> byType;

    private UpgradePolicy(Map<String, Rule> byType) {
        this.byType = byType;
    }

    private record Rule(boolean enabled, boolean terminates, boolean allowPost) {}

    static UpgradePolicy compile(List<RouteAction.UpgradeConfig> protos, String field) {
        if (protos.isEmpty()) {
            return NONE;
        }
        Map<String, Rule> rules = new HashMap<>();
        for (RouteAction.UpgradeConfig proto : protos) {
            String type = proto.getUpgradeType().toLowerCase(Locale.ROOT);
            boolean enabled = !proto.hasEnabled() || proto.getEnabled().getValue();
            if (proto.hasConnectConfig() && !type.equals("connect")) {
                throw new ConfigRejected(
                        field, "Non-CONNECT upgrade type " + proto.getUpgradeType() + " has ConnectConfig");
            }
            if (proto.getConnectConfig().hasProxyProtocolConfig()) {
                throw ConfigRejected.unsupported(field + ".connect_config", "proxy_protocol_config");
            }
            Rule rule = new Rule(
                    enabled, proto.hasConnectConfig(), proto.getConnectConfig().getAllowPost());
            if (rules.put(type, rule) != null) {
                throw new ConfigRejected(field, "Duplicate upgrade " + proto.getUpgradeType());
            }
        }
        return new UpgradePolicy(rules);
    }

    /** What the route says of an upgrade type, any case; null when it says nothing and the connection manager decides. */
    public @Nullable Boolean allows(String type) {
        Rule rule = byType.get(type.toLowerCase(Locale.ROOT));
        return rule == null ? null : rule.enabled;
    }

    /** Whether CONNECT ends here: its payload goes to the upstream as raw TCP. */
    public boolean terminatesConnect() {
        Rule rule = byType.get("connect");
        return rule != null && rule.enabled && rule.terminates;
    }

    /** Whether POST counts as CONNECT. */
    public boolean terminatesPost() {
        Rule rule = byType.get("connect");
        return rule != null && rule.enabled && rule.terminates && rule.allowPost;
    }
}
