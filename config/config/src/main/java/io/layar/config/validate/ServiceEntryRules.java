package io.layar.config.validate;

import io.layar.base.Hostname;
import io.layar.config.Resource;
import io.layar.config.Validation;
import io.layar.config.decode.FieldPath;
import io.layar.config.names.DnsNames;
import io.layar.config.names.IpAddresses;
import io.layar.config.names.Protocol;
import io.layar.config.networking.ServiceEntry;
import io.layar.config.networking.ServiceEntry.Location;
import io.layar.config.networking.ServiceEntry.Resolution;
import io.layar.config.networking.ServicePort;
import java.util.HashSet;
import java.util.Set;

/** What is refused or questioned in a ServiceEntry. */
final class ServiceEntryRules {
    private static final FieldPath SPEC = FieldPath.ROOT.field("spec");
    private static final FieldPath PORTS = SPEC.field("ports");
    private static final FieldPath ENDPOINTS = SPEC.field("endpoints");

    private ServiceEntryRules() {}

    static void check(Resource<ServiceEntry> resource, Validation v) {
        var entry = resource.spec();
        var selector = entry.workloadSelector();
        if (selector != null) {
            SharedRules.workloadLabels(v, SPEC.field("workloadSelector"), "service entry", selector.labels());
            if (!entry.endpoints().isEmpty()) {
                v.error(SPEC, "only one of WorkloadSelector or Endpoints is allowed in Service Entry");
            }
        }
        hosts(v, entry);
        addresses(v, entry);
        var ports = ports(v, resource);
        switch (entry.resolution()) {
            case NONE -> none(v, entry);
            case STATIC -> {
                for (int i = 0; i < entry.endpoints().size(); i++) {
                    WorkloadRules.entry(v, ENDPOINTS.index(i), entry.endpoints().get(i), ports, false);
                }
            }
            case DNS, DNS_ROUND_ROBIN -> dns(v, entry, ports);
            case DYNAMIC_DNS -> dynamic(v, resource);
        }
        severalHosts(v, entry);
        SharedRules.exportTo(v, SPEC.field("exportTo"), resource.namespace(), entry.exportTo(), true);
    }

    private static void hosts(Validation v, ServiceEntry entry) {
        if (entry.hosts().isEmpty()) {
            v.error(SPEC.field("hosts"), "service entry must have at least one host");
        }
        for (int i = 0; i < entry.hosts().size(); i++) {
            var host = entry.hosts().get(i);
            var path = SPEC.field("hosts").index(i);
            if (host.equals("*")) {
                v.error(path, "invalid host *");
                continue;
            }
            v.require(path, DnsNames.wildcardNameProblem(host));
            var partial = SharedRules.partialWildcardProblem(host);
            if (partial != null && entry.resolution() != Resolution.DYNAMIC_DNS) {
                v.warning(path, partial);
            }
        }
    }

    private static void addresses(Validation v, ServiceEntry entry) {
        boolean subnets = false;
        for (int i = 0; i < entry.addresses().size(); i++) {
            var address = entry.addresses().get(i);
            subnets |= address.contains("/");
            SharedRules.subnet(v, SPEC.field("addresses").index(i), address);
        }
        if (subnets && entry.resolution() != Resolution.NONE && entry.resolution() != Resolution.STATIC) {
            v.error(SPEC.field("addresses"), "CIDR addresses are allowed only for NONE/STATIC resolution types");
        }
    }

    private static Set<String> ports(Validation v, Resource<ServiceEntry> resource) {
        var entry = resource.spec();
        var names = new HashSet<String>();
        var numbers = new HashSet<Integer>();
        boolean needsAddress = entry.addresses().isEmpty() && !getsAddress(resource);
        for (int i = 0; i < entry.ports().size(); i++) {
            var port = entry.ports().get(i);
            var path = PORTS.index(i);
            if (!names.add(port.name())) {
                v.error(path.field("name"), "service entry port name \"%s\" already defined", port.name());
            }
            if (!numbers.add(port.number())) {
                v.error(
                        path.field("number"),
                        "service entry port %d already defined",
                        Integer.toUnsignedLong(port.number()));
            }
            if (port.targetPort() != 0) {
                SharedRules.port(v, path.field("targetPort"), port.targetPort());
            }
            if (needsAddress && (port.protocol().isEmpty() || port.protocol().equals("TCP"))) {
                v.warning(
                        path,
                        "addresses are required for ports serving TCP (or unset) protocol when IP Autoallocation is not"
                                + " enabled");
            }
            SharedRules.portName(v, path.field("name"), port.name());
            SharedRules.protocol(v, path.field("protocol"), port.protocol());
            SharedRules.port(v, path.field("number"), port.number());
        }
        return names;
    }

    /** Whether the control plane allocates an address: the label {@code networking.istio.io/enable-autoallocate-ip} decides. */
    private static boolean getsAddress(Resource<ServiceEntry> resource) {
        var entry = resource.spec();
        var label = resource.metadata().labels().get("networking.istio.io/enable-autoallocate-ip");
        if (label != null && label.equalsIgnoreCase("false")) {
            return false;
        }
        return entry.addresses().isEmpty() && entry.resolution() != Resolution.NONE;
    }

    private static void none(Validation v, ServiceEntry entry) {
        if (!entry.endpoints().isEmpty()) {
            v.error(ENDPOINTS, "no endpoints should be provided for resolution type none");
        }
        if (entry.workloadSelector() != null) {
            v.warning(
                    SPEC.field("workloadSelector"), "workloadSelector should not be set when resolution mode is NONE");
        }
    }

    private static void dns(Validation v, ServiceEntry entry, Set<String> ports) {
        if (entry.endpoints().isEmpty()) {
            for (var host : entry.hosts()) {
                var problem = DnsNames.fullNameProblem(host);
                if (problem != null) {
                    v.error(
                            SPEC.field("hosts"),
                            "hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for"
                                    + " resolution mode %s, %s",
                            entry.resolution(),
                            problem);
                    break;
                }
            }
        }
        if (entry.resolution() == Resolution.DNS_ROUND_ROBIN
                && entry.endpoints().size() > 1) {
            v.error(ENDPOINTS, "there must only be 0 or 1 endpoint for resolution mode %s", entry.resolution());
        }
        for (int i = 0; i < entry.endpoints().size(); i++) {
            var endpoint = entry.endpoints().get(i);
            var path = ENDPOINTS.index(i);
            var address = endpoint.address();
            if (!IpAddresses.isAddress(address) && DnsNames.fullNameProblem(address) != null) {
                v.error(path.field("address"), "endpoint address \"%s\" is not a valid FQDN or an IP address", address);
            }
            SharedRules.labels(v, path.field("labels"), endpoint.labels());
            WorkloadRules.ports(v, path.field("ports"), endpoint.ports(), ports);
        }
        boolean tcp = entry.ports().stream().anyMatch(port -> protocol(port).isTcp());
        if (tcp && !entry.addresses().isEmpty() && entry.hosts().size() > 1) {
            v.warning(
                    SPEC,
                    "service entry can not have more than one host specified simultaneously with address and tcp port");
        }
    }

    private static void dynamic(Validation v, Resource<ServiceEntry> resource) {
        var entry = resource.spec();
        if (entry.hosts().isEmpty()) {
            v.error(SPEC.field("hosts"), "at least one wildcard host must be provided for resolution type DYNAMIC_DNS");
        }
        if (entry.hosts().stream().anyMatch(host -> !new Hostname(host).isWildcard())) {
            v.error(SPEC.field("hosts"), "host must be wildcarded for resolution mode DYNAMIC_DNS");
        }
        if (!entry.addresses().isEmpty()) {
            v.error(SPEC.field("addresses"), "addresses cannot be set for resolution type DYNAMIC_DNS");
        }
        if (!entry.endpoints().isEmpty()) {
            v.error(ENDPOINTS, "endpoints cannot be set for resolution type DYNAMIC_DNS");
        }
        for (var port : entry.ports()) {
            switch (protocol(port)) {
                case HTTP, TLS, GRPC, HTTP2 -> {}
                default ->
                    v.error(
                            PORTS,
                            "only HTTP, TLS, GRPC, and HTTP2 protocols are supported for resolution type DYNAMIC_DNS");
            }
        }
        var waypoint = resource.metadata().labels().getOrDefault("istio.io/use-waypoint", "");
        if (entry.location() == Location.MESH_INTERNAL && !waypoint.isEmpty() && !waypoint.equalsIgnoreCase("none")) {
            v.error(
                    SPEC.field("location"),
                    "location MESH_INTERNAL with resolution type DYNAMIC_DNS is not supported when using waypoints");
        }
    }

    /** HTTP and TLS tell hosts apart; of other protocols only one host can be meant. */
    private static void severalHosts(Validation v, ServiceEntry entry) {
        if (entry.resolution() == Resolution.NONE || entry.hosts().size() < 2) {
            return;
        }
        boolean blind = entry.ports().stream()
                .map(ServiceEntryRules::protocol)
                .anyMatch(protocol -> !protocol.isHttp() && !protocol.isTls());
        if (blind) {
            v.error(PORTS, "multiple hosts provided with non-HTTP, non-TLS ports");
        }
    }

    private static Protocol protocol(ServicePort port) {
        return Protocol.parse(port.protocol());
    }
}
