package io.layar.xdsgen.listener;

import com.google.common.collect.ImmutableList;
import io.layar.mesh.routing.MergedVirtualService;
import io.layar.mesh.service.Service;
import io.layar.mesh.service.ServicePort;
import java.util.List;

/**
 * One service's wish for an outbound listener on one port.
 *
 * <p>Shape: {@code cidrs} are the destinations that tell this service from others on the same listener; {@code perPod} when
 * they are the addresses of single pods.
 */
record OutboundRequest(
        Service service,
        ServicePort port,
        Binding binding,
        ImmutableList<String> cidrs,
        boolean perPod,
        List<MergedVirtualService> virtualServices) {

    OutboundRequest at(Binding other, ImmutableList<String> destinations) {
        return new OutboundRequest(service, port, other, destinations, perPod, virtualServices);
    }

    OutboundRequest forPod(Binding other, ImmutableList<String> addresses) {
        return new OutboundRequest(service, port, other, addresses, true, virtualServices);
    }
}
