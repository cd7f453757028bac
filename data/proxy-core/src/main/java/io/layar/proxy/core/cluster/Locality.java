package io.layar.proxy.core.cluster;

/** Where a host runs. Parts may be empty. */
public record Locality(String region, String zone, String subZone) {
    public static final Locality NONE = new Locality("", "", "");

    public static Locality of(io.envoyproxy.envoy.config.core.v3.Locality proto) {
        return proto.equals(io.envoyproxy.envoy.config.core.v3.Locality.getDefaultInstance())
                ? NONE
                : new Locality(proto.getRegion(), proto.getZone(), proto.getSubZone());
    }

    public boolean isEmpty() {
        return region.isEmpty() && zone.isEmpty() && subZone.isEmpty();
    }
}
