package io.layar.xds;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;

/**
 * The kind of an xDS resource, known by its type URL.
 *
 * <p>Order: {@link #WARMING_ORDER} is the order in which a client needs the kinds: clusters, their endpoints, listeners,
 * their routes, then the rest. Thread: any (immutable).
 */
public record TypeUrl(String url) {
    private static final String PREFIX = "type.googleapis.com/";

    public static final TypeUrl CLUSTER = new TypeUrl(PREFIX + "envoy.config.cluster.v3.Cluster");
    public static final TypeUrl ENDPOINT = new TypeUrl(PREFIX + "envoy.config.endpoint.v3.ClusterLoadAssignment");
    public static final TypeUrl LISTENER = new TypeUrl(PREFIX + "envoy.config.listener.v3.Listener");
    public static final TypeUrl ROUTE = new TypeUrl(PREFIX + "envoy.config.route.v3.RouteConfiguration");
    public static final TypeUrl SCOPED_ROUTE = new TypeUrl(PREFIX + "envoy.config.route.v3.ScopedRouteConfiguration");
    public static final TypeUrl VIRTUAL_HOST = new TypeUrl(PREFIX + "envoy.config.route.v3.VirtualHost");
    public static final TypeUrl SECRET = new TypeUrl(PREFIX + "envoy.extensions.transport_sockets.tls.v3.Secret");
    public static final TypeUrl EXTENSION_CONFIG = new TypeUrl(PREFIX + "envoy.config.core.v3.TypedExtensionConfig");
    public static final TypeUrl RUNTIME = new TypeUrl(PREFIX + "envoy.service.runtime.v3.Runtime");
    public static final TypeUrl NAME_TABLE = new TypeUrl(PREFIX + "istio.networking.nds.v1.NameTable");
    public static final TypeUrl PROXY_CONFIG = new TypeUrl(PREFIX + "istio.mesh.v1alpha1.ProxyConfig");

    private record Known(TypeUrl type, String shortName, boolean wildcard) {}

    private static final ImmutableList<Known> KNOWN = ImmutableList.of(
            new Known(CLUSTER, "CDS", true),
            new Known(ENDPOINT, "EDS", false),
            new Known(LISTENER, "LDS", true),
            new Known(ROUTE, "RDS", false),
            new Known(SECRET, "SDS", false),
            new Known(SCOPED_ROUTE, "SRDS", true),
            new Known(VIRTUAL_HOST, "VHDS", false),
            new Known(RUNTIME, "RTDS", false),
            new Known(EXTENSION_CONFIG, "ECDS", false),
            new Known(NAME_TABLE, "NDS", true),
            new Known(PROXY_CONFIG, "PCDS", true));

    /** Kinds in the order in which a client can use them; a kind not listed comes last, by its URL. */
    public static final Comparator<TypeUrl> WARMING_ORDER =
            Comparator.<TypeUrl>comparingInt(TypeUrl::rank).thenComparing(TypeUrl::url);

    /** The usual abbreviation (CDS, EDS, …); the URL itself for a kind that has none. */
    public String shortName() {
        int rank = rank();
        return rank < KNOWN.size() ? KNOWN.get(rank).shortName() : url;
    }

    /** Whether a first request without names means "everything"; for the other kinds it means "nothing". */
    public boolean wildcardByDefault() {
        int rank = rank();
        return rank >= KNOWN.size() || KNOWN.get(rank).wildcard();
    }

    /** Whether a state-of-the-world response is complete: what is missing in it is gone. */
    public boolean fullState() {
        return equals(CLUSTER) || equals(LISTENER) || equals(SCOPED_ROUTE);
    }

    /**
     * Whether a delta response may name it as removed. Extension configurations are left to the client, which drops them
     * with their last user: removing one while a listener still refers to it would break that listener.
     */
    public boolean removable() {
        return !equals(EXTENSION_CONFIG);
    }

    private int rank() {
        for (int i = 0; i < KNOWN.size(); i++) {
            if (KNOWN.get(i).type().url.equals(url)) {
                return i;
            }
        }
        return KNOWN.size();
    }

    @Override
    public String toString() {
        return shortName();
    }
}
