package io.layar.discovery.push;

import com.google.common.collect.ImmutableList;
import io.layar.mesh.proxy.Proxy;
import io.layar.xds.TypeUrl;
import io.layar.xds.XdsResource;

/**
 * Changes generated resources for the place where proxies run. A pure function.
 *
 * <p>Law: proxies with an equal {@link #likeness} get equal results from equal resources. Thread: any.
 */
public interface ResourceRewrite {
    ResourceRewrite NONE = new ResourceRewrite() {
        @Override
        public Object likeness(Proxy proxy) {
            return "";
        }

        @Override
        public ImmutableList<XdsResource> rewrite(Proxy proxy, TypeUrl type, ImmutableList<XdsResource> resources) {
            return resources;
        }
    };

    /** What of a proxy the rewriting depends on. */
    Object likeness(Proxy proxy);

    ImmutableList<XdsResource> rewrite(Proxy proxy, TypeUrl type, ImmutableList<XdsResource> resources);
}
