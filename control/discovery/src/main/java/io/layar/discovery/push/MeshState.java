package io.layar.discovery.push;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.layar.config.ConfigDelta;
import io.layar.config.ConfigSet;
import io.layar.mesh.proxy.Proxy;
import io.layar.xds.TypeUrl;
import io.layar.xds.XdsResource;

/**
 * One state of the whole mesh, and the resources that follow from it.
 *
 * <p>Law: proxies with equal {@link #likeness} for a kind get equal resources of it. Thread: any (immutable).
 */
public interface MeshState {
    MeshState apply(ConfigDelta delta);

    /** What differs from an earlier state; may say more than needed, never less. */
    Change since(MeshState earlier);

    ConfigSet config();

    /** What of a proxy its resources of this kind depend on. */
    Object likeness(Proxy proxy, TypeUrl type);

    /** All resources of a kind that the proxy gets without naming them: clusters, listeners, name table. */
    ImmutableList<XdsResource> all(Proxy proxy, TypeUrl type);

    /** The resources of a kind with these names. Names that mean nothing are left out. */
    ImmutableList<XdsResource> named(Proxy proxy, TypeUrl type, ImmutableSet<String> names);

    /** The host of the service whose endpoints go by this name; empty if the name is of another shape. */
    String hostOfEndpoints(String name);

    int services();

    int virtualServices();
}
