package io.layar.config.validate;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.layar.config.Validation;
import io.layar.config.decode.FieldPath;
import io.layar.config.names.DnsNames;
import io.layar.config.names.IpAddresses;
import io.layar.config.names.LabelSyntax;
import io.layar.config.names.Protocol;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules that several kinds share. */
final class SharedRules {
    static final String UNIX = "unix://";
    private static final int LONGEST_REGEX = 1024;

    private SharedRules() {}

    static void duration(Validation v, FieldPath path, @Nullable Duration duration) {
        if (duration == null) {
            return;
        }
        if (duration.toNanos() < 1_000_000) {
            v.error(path, "duration must be greater than 1ms");
        } else if (duration.toNanos() % 1_000_000 != 0) {
            v.error(path, "only durations to ms precision are supported");
        }
    }

    /** {@code port} is a number of an unsigned field. */
    static void port(Validation v, FieldPath path, int port) {
        long number = Integer.toUnsignedLong(port);
        if (number < 1 || number > 65535) {
            v.error(path, "port number %d must be in the range 1..65535", number);
        }
    }

    static void portName(Validation v, FieldPath path, String name) {
        if (!DnsNames.isLabel(name)) {
            v.error(path, "invalid port name: %s", name);
        }
    }

    /** An empty protocol is one that will be detected. */
    static void protocol(Validation v, FieldPath path, String protocol) {
        if (!protocol.isEmpty() && Protocol.parse(protocol).isUnsupported()) {
            v.error(path, "unsupported protocol: %s", protocol);
        }
    }

    static void labels(Validation v, FieldPath path, Map<String, String> labels) {
        LabelSyntax.problems(labels).forEach(problem -> v.error(path, problem));
    }

    static void subnet(Validation v, FieldPath path, String subnet) {
        if (!IpAddresses.isAddressOrSubnet(subnet)) {
            v.error(path, subnet.contains("/") ? "%s is not a valid CIDR block" : "%s is not a valid IP", subnet);
        }
    }

    static void address(Validation v, FieldPath path, String address) {
        if (!IpAddresses.isAddress(address)) {
            v.error(path, "%s is not a valid IP", address);
        }
    }

    /** {@code path} without its {@code unix://}. */
    static void unixPath(Validation v, FieldPath path, String file) {
        if (file.isEmpty()) {
            v.error(path, "unix address must not be empty");
        } else if (!file.startsWith("@") && (!file.startsWith("/") || file.endsWith("/"))) {
            v.error(path, "%s is not an absolute path to a file", file);
        }
    }

    static void regex(Validation v, FieldPath path, String where, String regex) {
        if (regex.length() > LONGEST_REGEX) {
            v.error(path, "\"%s\": regex is too large, max length allowed is 1024", where);
            return;
        }
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException malformed) {
            v.error(
                    path,
                    "\"%s\": %s; Istio uses RE2 style regex-based match (https://github.com/google/re2/wiki/Syntax)",
                    where,
                    String.valueOf(malformed.getMessage()));
        }
    }

    /** The selector of the networking kinds that is only a map of labels. */
    static void workloadLabels(Validation v, FieldPath path, String kind, @Nullable Map<String, String> labels) {
        if (labels == null) {
            return;
        }
        selectorLabels(v, path, labels);
        if (labels.isEmpty()) {
            v.warning(
                    path,
                    "%s: workload selector specified without labels, will be applied to all services in namespace",
                    kind);
        }
    }

    static void selectorLabels(Validation v, FieldPath path, Map<String, String> labels) {
        labels.forEach((key, value) -> {
            if (key.isEmpty()) {
                v.error(path, "empty key is not supported in selector: \"%s=%s\"", key, value);
            }
            if (key.contains("*") || value.contains("*")) {
                v.error(path, "wildcard is not supported in selector: \"%s=%s\"", key, value);
            }
        });
    }

    /** Who may see a resource. {@code services}: {@code ~} is allowed too. */
    static void exportTo(Validation v, FieldPath path, String namespace, List<String> exportTo, boolean services) {
        var seen = new HashSet<String>();
        for (int i = 0; i < exportTo.size(); i++) {
            var entry = exportTo.get(i);
            var scope = entry.equals(".") ? namespace : entry;
            if (!seen.add(scope)) {
                v.error(
                        path.index(i),
                        entry.equals(".")
                                ? "duplicate entries in exportTo: . and current namespace " + namespace
                                : "duplicate entries in exportTo for entry " + entry);
            } else if (scope.equals("~") && !services) {
                v.error(path.index(i), "exportTo ~ (none) is not allowed for Istio configuration objects");
            } else if (!scope.equals("*") && !scope.equals("~") && !DnsNames.isLabel(scope)) {
                v.error(path.index(i), "only .,*, or a valid DNS 1123 label is allowed as exportTo entry");
            }
        }
        if (seen.contains("*") && exportTo.size() > 1) {
            v.error(path, "cannot have both public (*) and non-public exportTo values for a resource");
        }
        if (seen.contains("~") && exportTo.size() > 1) {
            v.error(path, "cannot export service entry to no one (~) and someone");
        }
    }

    /** Names of gateways: {@code namespace/name}, or a name of its own. */
    static void gatewayNames(Validation v, FieldPath path, ImmutableList<String> names) {
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            var at = path.index(i);
            int slash = name.indexOf('/');
            if (slash < 0) {
                if (name.contains(".")) {
                    var parts = Splitter.on('.').splitToList(name);
                    v.warning(
                            at,
                            "using legacy gatewayName format \"%s\"; prefer the <namespace>/<name> format: \"%s/%s\"",
                            name,
                            parts.get(1),
                            parts.get(0));
                }
                v.require(at, DnsNames.fullNameProblem(name));
                return;
            }
            var namespace = name.substring(0, slash);
            if (slash == 0 || slash == name.length() - 1) {
                v.error(at, "config namespace and gateway name cannot be empty");
            }
            if (!DnsNames.isLabel(namespace)) {
                v.error(at, "invalid value for namespace: \"%s\"", namespace);
            }
            if (!DnsNames.isLabel(name.substring(slash + 1))) {
                v.error(at, "invalid value for gateway name: \"%s\"", name.substring(slash + 1));
            }
        }
    }

    /** Hosts of gateway servers and Sidecar listeners: {@code namespace/host}. */
    static void scopedHost(Validation v, FieldPath path, String host, boolean gateway) {
        int slash = host.indexOf('/');
        if (slash < 0) {
            if (gateway) {
                hostPart(v, path, host, true);
            } else {
                v.error(path, "host must be of form namespace/dnsName");
            }
            return;
        }
        var namespace = host.substring(0, slash);
        if (slash == 0 || slash == host.length() - 1) {
            v.error(path, "config namespace and dnsName in host entry cannot be empty");
        }
        var bare = !gateway && namespace.startsWith("~") ? namespace.substring(1) : namespace;
        boolean special = bare.equals("*") || bare.equals(".") || (bare.isEmpty() && !gateway);
        if (!special && !DnsNames.isLabel(bare)) {
            v.error(path, "invalid namespace value \"%s\" in %s", namespace, gateway ? "gateway" : "sidecar");
        }
        hostPart(v, path, host.substring(slash + 1), gateway);
    }

    /** Gateways may also name an address; wildcards stand for whole labels. */
    private static void hostPart(Validation v, FieldPath path, String host, boolean gateway) {
        if (!host.equals("*") && !host.contains(".")) {
            v.error(path, "short names (non FQDN) are not allowed");
        }
        var problem = DnsNames.wildcardNameProblem(host);
        if (problem != null && !(gateway && IpAddresses.isAddress(host))) {
            v.error(path, problem);
        }
        v.require(path, partialWildcardProblem(host));
    }

    /** What keeps a name from having only whole labels as wildcards. */
    static @Nullable String partialWildcardProblem(String host) {
        boolean partial = host.contains("*") && host.length() != 1 && !host.startsWith("*.");
        return partial ? "partial wildcard \"%s\" not allowed".formatted(host) : null;
    }
}
