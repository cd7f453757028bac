package io.layar.xdsgen.dns;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import io.layar.mesh.ProxyView;
import io.layar.mesh.scope.EgressListener;
import io.layar.mesh.service.Endpoint;
import io.layar.mesh.service.HealthStatus;
import io.layar.mesh.service.Registry;
import io.layar.mesh.service.Resolution;
import io.layar.mesh.service.Service;
import io.layar.xdsgen.XdsResource;
import io.layar.xdsgen.istio.nds.NameTable;
import io.layar.xdsgen.istio.nds.NameTable.NameInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Hosts and their addresses, for proxies that capture DNS. */
public final class NameTables {
    private final ProxyView view;
    private final Map<String, NameInfo> table = new LinkedHashMap<>();
    private final Set<String> origins = new LinkedHashSet<>();

    private NameTables(ProxyView view) {
        this.view = view;
    }

    /** Does the proxy's agent answer DNS? */
    public static boolean isUsed(ProxyView view) {
        return view.proxy().metadata().isTrue("DNS_CAPTURE");
    }

    /** One resource without a name. */
    public static XdsResource generate(ProxyView view) {
        NameTables tables = new NameTables(view);
        for (EgressListener listener : view.scope().egressListeners()) {
            listener.services().forEach(tables::add);
        }
        return new XdsResource(
                "", NameTable.newBuilder().putAllTable(tables.table).build(), ImmutableList.copyOf(tables.origins));
    }

    private void add(Service service) {
        List<String> addresses = new ArrayList<>();
        boolean headless = false;
        for (String address : view.addresses(service)) {
            headless |= address.equals(Service.UNSPECIFIED);
            if (!headless && InetAddresses.isInetAddress(address)) {
                addresses.add(address);
            }
        }
        if (headless
                && service.resolution() == Resolution.PASSTHROUGH
                && !service.ports().isEmpty()) {
            addresses.addAll(ofEndpoints(service));
        }
        if (!addresses.isEmpty()) {
            origins.addAll(service.origins());
            put(service, addresses);
        }
    }

    /** Of a headless service all pods; and each pod that has a name of its own. */
    private List<String> ofEndpoints(Service service) {
        List<String> out = new ArrayList<>();
        Map<String, NameInfo.Builder> pods = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (Endpoint endpoint : view.endpoints(service).all()) {
            boolean served = service.portNamed(endpoint.servicePortName()) != null
                    && !endpoint.addresses().isEmpty()
                    && endpoint.addresses().stream().allMatch(InetAddresses::isInetAddress)
                    && (service.kubernetes().publishNotReadyAddresses() || endpoint.health() == HealthStatus.HEALTHY);
            if (!served || !view.inNetwork(endpoint.network()) || !seen.add(endpoint.address())) {
                continue;
            }
            int dot = service.hostname().indexOf('.');
            if (!endpoint.subdomain().isEmpty() && dot >= 0) {
                String name = endpoint.hostname() + "." + endpoint.subdomain();
                pods.computeIfAbsent(
                                name + service.hostname().substring(dot),
                                k -> NameInfo.newBuilder()
                                        .setRegistry(service.registry().id())
                                        .setShortname(name)
                                        .setNamespace(service.namespace()))
                        .addAllIps(endpoint.addresses());
            }
            out.addAll(endpoint.addresses());
        }
        pods.forEach((host, info) -> table.put(host, info.build()));
        return out;
    }

    /** Kubernetes' entry replaces a ServiceEntry's of the same host; several ServiceEntries add up. */
    private void put(Service service, List<String> addresses) {
        NameInfo known = table.get(service.hostname());
        if (known == null || (service.isKubernetes() && !isKubernetes(known))) {
            NameInfo.Builder info = NameInfo.newBuilder()
                    .addAllIps(addresses)
                    .setRegistry(service.registry().id());
            if (service.isKubernetes()) {
                info.setNamespace(service.namespace()).setShortname(service.name());
            }
            table.put(service.hostname(), info.build());
        } else if (!isKubernetes(known)) {
            table.put(service.hostname(), known.toBuilder().addAllIps(addresses).build());
        }
    }

    private static boolean isKubernetes(NameInfo info) {
        return info.getRegistry().equals(Registry.KUBERNETES.id());
    }
}
