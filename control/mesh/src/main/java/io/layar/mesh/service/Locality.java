package io.layar.mesh.service;

/** Region, zone and subzone; empty where unknown. */
public record Locality(String region, String zone, String subzone) {
    public static final Locality NONE = new Locality("", "", "");

    /** Of {@code region/zone/subzone}, or with dots when no slash is there. */
    public static Locality parse(String label) {
        if (label.isEmpty()) {
            return NONE;
        }
        String[] parts = label.split(label.contains("/") ? "/" : "\\.", 3);
        return new Locality(parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
    }

    /** {@code region/zone/subzone} without empty tails. */
    public String label() {
        if (zone.isEmpty()) {
            return region;
        }
        return subzone.isEmpty() ? region + "/" + zone : region + "/" + zone + "/" + subzone;
    }

    public boolean isEmpty() {
        return region.isEmpty() && zone.isEmpty() && subzone.isEmpty();
    }

    /** Does this locality fall under {@code rule}, whose missing or {@code *} parts match all? */
    public boolean matches(String rule) {
        Locality want = parse(rule);
        return part(want.region, region) && part(want.zone, zone) && part(want.subzone, subzone);
    }

    private static boolean part(String want, String have) {
        return want.isEmpty() || want.equals("*") || want.equals(have);
    }

    /** 0 same subzone, 1 same zone, 2 same region, 3 elsewhere. */
    public int distance(Locality other) {
        if (!region.equals(other.region)) {
            return 3;
        }
        if (!zone.equals(other.zone)) {
            return 2;
        }
        return subzone.equals(other.subzone) ? 0 : 1;
    }
}
