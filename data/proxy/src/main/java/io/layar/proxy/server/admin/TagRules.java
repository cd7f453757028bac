package io.layar.proxy.server.admin;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.envoyproxy.envoy.config.metrics.v3.StatsConfig;
import io.envoyproxy.envoy.config.metrics.v3.TagSpecifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes tags out of stat names: the cluster's name, the response code and so on. Rules of the bootstrap ({@code stats_tags}) go first.
 *
 * <p>Shape: the first group of a rule's pattern is cut out of the name, the second (or the first, where there is no other) is the value.
 * Thread: any (immutable).
 */
final class TagRules {
    private record Rule(String tag, Pattern pattern) {}

    /** A name without its tags, and these by their name. */
    record Tagged(String name, Map<String, String> tags) {}

    private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("envoy.response_code", "_rq(_(\\d{3}))$");
        DEFAULTS.put("envoy.response_code_class", "_rq_((\\d))xx$");
        DEFAULTS.put("envoy.virtual_host", "^vhost\\.((.*?)\\.)");
        DEFAULTS.put("envoy.rds_route_config", "^http\\..*?\\.rds\\.((.*?)\\.)\\w+?$");
        DEFAULTS.put("envoy.tcp_prefix", "^tcp\\.((.*?)\\.)");
        DEFAULTS.put("envoy.local_http_ratelimit_prefix", "^((.*?)\\.)http_local_rate_limit\\.");
        DEFAULTS.put("envoy.local_network_ratelimit_prefix", "^local_rate_limit\\.((.*?)\\.)");
        DEFAULTS.put("envoy.cluster_name", "^cluster\\.((.*?)\\.)");
        DEFAULTS.put("envoy.http_conn_manager_prefix", "^(?:listener\\..*?\\.)?http\\.((.*?)\\.)");
        DEFAULTS.put("envoy.worker_id", "^(?:listener\\..*?\\.|server\\.)worker_((\\d+)\\.)");
        DEFAULTS.put("envoy.listener_address", "^listener\\.(((?:[_.\\d]*|[_\\[\\]a-fA-F\\d]*))\\.)");
        DEFAULTS.put("envoy.ssl_cipher", "\\.ssl\\.ciphers(\\.(.*?))$");
    }

    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, String> fixed = new TreeMap<>();

    TagRules(StatsConfig config) {
        for (TagSpecifier tag : config.getStatsTagsList()) {
            switch (tag.getTagValueCase()) {
                case REGEX ->
                    rules.add(new Rule(
                            tag.getTagName(), Pattern.compile(tag.getRegex().isEmpty() ? "$^" : tag.getRegex())));
                case FIXED_VALUE -> fixed.put(tag.getTagName(), tag.getFixedValue());
                case TAGVALUE_NOT_SET -> {
                    String known = DEFAULTS.get(tag.getTagName());
                    if (known != null) {
                        rules.add(new Rule(tag.getTagName(), Pattern.compile(known)));
                    }
                }
            }
        }
        if (!config.hasUseAllDefaultTags() || config.getUseAllDefaultTags().getValue()) {
            DEFAULTS.forEach((tag, regex) -> rules.add(new Rule(tag, Pattern.compile(regex))));
        }
    }

    Tagged apply(String name) {
        Map<String, String> tags = new TreeMap<>(fixed);
        boolean[] cut = new boolean[name.length()];
        for (Rule rule : rules) {
            if (tags.containsKey(rule.tag)) {
                continue;
            }
            Matcher matcher = rule.pattern.matcher(name);
            if (matcher.find() && matcher.groupCount() >= 1 && matcher.group(1) != null) {
                String value = matcher.groupCount() >= 2 ? matcher.group(2) : matcher.group(1);
                tags.put(rule.tag, value == null ? "" : value);
                java.util.Arrays.fill(cut, matcher.start(1), matcher.end(1), true);
            }
        }
        StringBuilder rest = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            if (!cut[i]) {
                rest.append(name.charAt(i));
            }
        }
        return new Tagged(rest.toString(), tags);
    }
}
