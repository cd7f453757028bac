package io.layar.config.validate;

import com.google.common.collect.ImmutableMap;
import com.google.re2j.Pattern;
import io.layar.config.Resource;
import io.layar.config.Validation;
import io.layar.config.decode.FieldPath;
import io.layar.config.names.DnsNames;
import io.layar.config.names.IpAddresses;
import io.layar.config.networking.HTTPHealthCheckConfig;
import io.layar.config.networking.ReadinessProbe;
import io.layar.config.networking.WorkloadEntry;
import io.layar.config.networking.WorkloadGroup;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is refused or questioned in a WorkloadEntry and a WorkloadGroup. */
final class WorkloadRules {
    private static final FieldPath SPEC = FieldPath.ROOT.field("spec");
    private static final Pattern PROBE_HEADER = Pattern.compile("[-A-Za-z0-9]+");

    private WorkloadRules() {}

    static void entry(Resource<WorkloadEntry> resource, Validation v) {
        entry(v, SPEC, resource.spec(), null, true);
    }

    /** {@code servicePorts}: the port names of the ServiceEntry around the entry, if there is one. */
    static void entry(
            Validation v,
            FieldPath path,
            WorkloadEntry entry,
            @Nullable Set<String> servicePorts,
            boolean namesAreAddresses) {
        var address = entry.address();
        if (address.isEmpty()) {
            if (entry.network().isEmpty()) {
                v.error(path.field("address"), "address is required");
                return;
            }
            v.warning(path.field("address"), "address is unset with network \"%s\"", entry.network());
        }
        boolean unix = address.startsWith(SharedRules.UNIX);
        if (unix) {
            SharedRules.unixPath(v, path.field("address"), address.substring(SharedRules.UNIX.length()));
            if (!entry.ports().isEmpty()) {
                v.error(path.field("ports"), "unix endpoint %s must not include ports", address);
            }
        } else if (!address.isEmpty() && !IpAddresses.isAddress(address)) {
            if (!namesAreAddresses) {
                v.error(path.field("address"), "endpoint address \"%s\" is not a valid IP address", address);
            } else if (DnsNames.fullNameProblem(address) != null) {
                v.error(path.field("address"), "endpoint address \"%s\" is not a valid FQDN or an IP address", address);
            }
        }
        ports(v, path.field("ports"), entry.ports(), servicePorts);
        SharedRules.labels(v, path.field("labels"), entry.labels());
        if (unix && servicePorts != null && servicePorts.size() != 1) {
            v.error(path, "exactly 1 service port required for unix endpoints");
        }
    }

    static void ports(
            Validation v, FieldPath path, ImmutableMap<String, Integer> ports, @Nullable Set<String> servicePorts) {
        ports.forEach((name, port) -> {
            if (servicePorts != null && !servicePorts.contains(name)) {
                v.error(
                        path.key(name),
                        "endpoint port %d is not defined by the service entry",
                        Integer.toUnsignedLong(port));
            }
            SharedRules.portName(v, path.key(name), name);
            SharedRules.port(v, path.key(name), port);
        });
    }

    static void group(Resource<WorkloadGroup> resource, Validation v) {
        var group = resource.spec();
        var template = group.template();
        if (template == null) {
            v.error(SPEC.field("template"), "template is required");
            return;
        }
        if (group.metadata() != null) {
            SharedRules.labels(
                    v, SPEC.field("metadata").field("labels"), group.metadata().labels());
        }
        if (template.address().startsWith(SharedRules.UNIX)) {
            var file = template.address().substring(SharedRules.UNIX.length());
            SharedRules.unixPath(v, SPEC.field("template").field("address"), file);
            if (!template.ports().isEmpty()) {
                v.error(SPEC.field("template"), "UDS may not include ports");
            }
        }
        if (group.probe() != null) {
            probe(v, SPEC.field("probe"), group.probe());
        }
    }

    private static void probe(Validation v, FieldPath path, ReadinessProbe probe) {
        notNegative(v, path, probe.periodSeconds(), "periodSeconds");
        notNegative(v, path, probe.initialDelaySeconds(), "initialDelaySeconds");
        notNegative(v, path, probe.timeoutSeconds(), "timeoutSeconds");
        notNegative(v, path, probe.successThreshold(), "successThreshold");
        notNegative(v, path, probe.failureThreshold(), "failureThreshold");
        if (probe.httpGet() != null) {
            http(v, path.field("httpGet"), probe.httpGet());
        } else if (probe.tcpSocket() != null) {
            SharedRules.port(
                    v, path.field("tcpSocket").field("port"), probe.tcpSocket().port());
        } else if (probe.exec() != null) {
            if (probe.exec().command().isEmpty()) {
                v.error(path.field("exec"), "exec.command is required");
            }
        } else {
            v.error(path, "unknown health check method");
        }
    }

    private static void http(Validation v, FieldPath path, HTTPHealthCheckConfig http) {
        SharedRules.port(v, path.field("port"), http.port());
        var scheme = http.scheme();
        if (!scheme.isEmpty() && !scheme.equals("HTTP") && !scheme.equals("HTTPS")) {
            v.error(path.field("scheme"), "httpGet.scheme must be one of \"HTTPS\", \"HTTP\"");
        }
        for (var header : http.httpHeaders()) {
            if (header.name().isEmpty()) {
                v.error(path.field("httpHeaders"), "header name cannot be empty");
            } else if (!PROBE_HEADER.matches(header.name())) {
                v.error(path.field("httpHeaders"), "header name %s is not a valid header name", header.name());
            }
        }
    }

    private static void notNegative(Validation v, FieldPath path, int value, String name) {
        if (value < 0) {
            v.error(path.field(name), name + " must be non-negative");
        }
    }
}
