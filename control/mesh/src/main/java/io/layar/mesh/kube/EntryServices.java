package io.layar.mesh.kube;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.net.InetAddresses;
import io.layar.config.Resource;
import io.layar.config.networking.ServiceEntry;
import io.layar.config.networking.ServiceEntryStatus;
import io.layar.mesh.Feature;
import io.layar.mesh.MeshSettings;
import io.layar.mesh.service.Protocol;
import io.layar.mesh.service.Registry;
import io.layar.mesh.service.Resolution;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServicePort;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A ServiceEntry as services of the mesh: one for each pair of host and address. */
final class EntryServices {
    private static final String AUTO_ALLOCATE = "networking.istio.io/enable-autoallocate-ip";
    private static final String CONNECT_STRATEGY = "istio.io/connect-strategy";

    private EntryServices() {}

    static ImmutableList<Service> convert(
            Resource<ServiceEntry> resource,
            Map<String, String> namespaceAnnotations,
            EntryVisibility visibility,
            MeshSettings settings) {
        ServiceEntry entry = resource.spec();
        var out = ImmutableList.<Service>builder();
        for (String host : entry.hosts()) {
            for (Service.Addresses addresses : addresses(resource, host, settings)) {
                out.add(service(resource, host, addresses, namespaceAnnotations, visibility));
            }
        }
        return out.build();
    }

    /** How many services, one for each address, the entry makes of a host. */
    static int countOf(Resource<ServiceEntry> resource, MeshSettings settings) {
        return addresses(resource, "", settings).size();
    }

    static Resolution resolution(ServiceEntry entry) {
        return switch (entry.resolution()) {
            case NONE -> Resolution.PASSTHROUGH;
            case STATIC -> Resolution.CLIENT_SIDE_LB;
            case DNS -> Resolution.DNS_LB;
            case DNS_ROUND_ROBIN -> Resolution.DNS_ROUND_ROBIN_LB;
            case DYNAMIC_DNS -> Resolution.DYNAMIC_DNS;
        };
    }

    private static Service service(
            Resource<ServiceEntry> resource,
            String host,
            Service.Addresses addresses,
            Map<String, String> namespaceAnnotations,
            EntryVisibility visibility) {
        ServiceEntry entry = resource.spec();
        var meta = resource.metadata();
        return new Service(
                host,
                meta.namespace(),
                host,
                Registry.EXTERNAL,
                resolution(entry),
                entry.location() == ServiceEntry.Location.MESH_EXTERNAL,
                ports(entry),
                addresses,
                visibility.capped(entry.exportTo(), meta.namespace()),
                ImmutableSortedMap.copyOf(meta.labels()),
                entry.workloadSelector() == null
                        ? ImmutableSortedMap.of()
                        : ImmutableSortedMap.copyOf(entry.workloadSelector().labels()),
                ImmutableSortedSet.copyOf(entry.subjectAltNames()),
                traits(resource, namespaceAnnotations),
                meta.creationTimestamp(),
                ImmutableList.of(Origin.of(resource)));
    }

    private static ImmutableList<ServicePort> ports(ServiceEntry entry) {
        return entry.ports().stream()
                .map(p -> new ServicePort(p.name(), p.number(), Protocol.parse(p.protocol())))
                .collect(ImmutableList.toImmutableList());
    }

    private static Service.KubernetesTraits traits(
            Resource<ServiceEntry> resource, Map<String, String> namespaceAnnotations) {
        var annotations = resource.metadata().annotations();
        boolean race = "RACE_FIRST_TCP_CONNECT".equalsIgnoreCase(annotations.get(CONNECT_STRATEGY));
        return new Service.KubernetesTraits(
                "",
                "",
                false,
                false,
                KubeServices.distribution(null, annotations, namespaceAnnotations),
                ImmutableList.of(),
                ImmutableMap.of(),
                passthroughPorts(resource.spec()),
                ImmutableList.of(),
                race,
                resource.metadata().labels().containsKey("istio.io/persistent-session"));
    }

    private static ImmutableMap<Integer, Integer> passthroughPorts(ServiceEntry entry) {
        var out = ImmutableMap.<Integer, Integer>builder();
        if (entry.resolution() == ServiceEntry.Resolution.NONE) {
            for (var port : entry.ports()) {
                if (port.targetPort() != 0) {
                    out.put(port.number(), port.targetPort());
                }
            }
        }
        return out.buildKeepingLast();
    }

    private static List<Service.Addresses> addresses(
            Resource<ServiceEntry> resource, String host, MeshSettings settings) {
        List<Service.Addresses> out = new ArrayList<>();
        if (resource.spec().addresses().isEmpty()) {
            out.add(allocated(resource, host, settings));
            return out;
        }
        for (String address : resource.spec().addresses()) {
            String usable = usable(address);
            if (usable != null) {
                out.add(new Service.Addresses(usable, ImmutableSortedMap.of(), "", ""));
            }
        }
        return out;
    }

    /** An address, or a range; a range of one address is that address. Null when it is neither. */
    private static @Nullable String usable(String address) {
        if (InetAddresses.isInetAddress(address)) {
            return address;
        }
        int slash = address.indexOf('/');
        if (slash < 0 || !InetAddresses.isInetAddress(address.substring(0, slash))) {
            return null;
        }
        String base = address.substring(0, slash);
        int bits = InetAddresses.forString(base) instanceof Inet4Address ? 32 : 128;
        return address.substring(slash + 1).equals(Integer.toString(bits)) ? base : address;
    }

    private static Service.Addresses allocated(Resource<ServiceEntry> resource, String host, MeshSettings settings) {
        if (!allocates(resource, settings) || !(resource.status() instanceof ServiceEntryStatus status)) {
            return Service.Addresses.NONE;
        }
        String v4 = "";
        String v6 = "";
        for (var address : status.addresses()) {
            if (address.host().equals(host) && InetAddresses.isInetAddress(address.value())) {
                if (InetAddresses.forString(address.value()) instanceof Inet4Address) {
                    v4 = address.value();
                } else {
                    v6 = address.value();
                }
            }
        }
        return new Service.Addresses(Service.UNSPECIFIED, ImmutableSortedMap.of(), v4, v6);
    }

    private static boolean allocates(Resource<ServiceEntry> resource, MeshSettings settings) {
        return settings.isOn(Feature.ENABLE_IP_AUTOALLOCATE)
                && resource.spec().resolution() != ServiceEntry.Resolution.NONE
                && !"false".equalsIgnoreCase(resource.metadata().labels().get(AUTO_ALLOCATE));
    }
}
