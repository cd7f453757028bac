package io.layar.local.cluster;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.layar.discovery.push.ResourceRewrite;
import io.layar.local.network.PodAddress;
import io.layar.mesh.proxy.Proxy;
import io.layar.xds.TypeUrl;
import io.layar.xds.XdsResource;

/** {@link LoopbackPlacement} for everything that a proxy is sent. Thread: any. */
public final class LoopbackRewrite implements ResourceRewrite {
    @Override
    public Object likeness(Proxy proxy) {
        return proxy.ips().getFirst();
    }

    @Override
    public ImmutableList<XdsResource> rewrite(Proxy proxy, TypeUrl type, ImmutableList<XdsResource> resources) {
        LoopbackPlacement placement =
                new LoopbackPlacement(PodAddress.onLoopback(proxy.ips().getFirst()));
        ImmutableList.Builder<XdsResource> out = ImmutableList.builder();
        try {
            for (XdsResource resource : resources) {
                if (type.equals(TypeUrl.LISTENER)) {
                    for (Listener listener : placement.listeners(resource.body().unpack(Listener.class))) {
                        out.add(XdsResource.of(listener.getName(), Any.pack(listener)));
                    }
                } else if (type.equals(TypeUrl.CLUSTER)) {
                    Cluster cluster = placement.cluster(resource.body().unpack(Cluster.class));
                    out.add(XdsResource.of(cluster.getName(), Any.pack(cluster)));
                } else if (type.equals(TypeUrl.ROUTE)) {
                    RouteConfiguration routes = placement.routes(resource.body().unpack(RouteConfiguration.class));
                    out.add(XdsResource.of(routes.getName(), Any.pack(routes)));
                } else {
                    out.add(resource);
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("own resource of " + type + ": unreadable (expected: a " + type + ")", e);
        }
        return out.build();
    }
}
