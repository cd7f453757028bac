package io.layar.mesh.proxy;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Version of a proxy's Istio build; {@link #MAX} when unknown. */
public record IstioVersion(int major, int minor, int patch) implements Comparable<IstioVersion> {
    public static final IstioVersion MAX = new IstioVersion(65535, 65535, 65535);
    private static final Pattern SHAPE = Pattern.compile("^(\\d+)\\.(\\d+)(?:\\.(\\d+))?.*");
    private static final Comparator<IstioVersion> ORDER = Comparator.comparingInt(IstioVersion::major)
            .thenComparingInt(IstioVersion::minor)
            .thenComparingInt(IstioVersion::patch);

    public static IstioVersion parse(String text) {
        Matcher m = SHAPE.matcher(text);
        if (!m.matches()) {
            return MAX;
        }
        int patch = m.group(3) == null ? 65535 : Integer.parseInt(m.group(3));
        return new IstioVersion(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), patch);
    }

    @Override
    public int compareTo(IstioVersion other) {
        return ORDER.compare(this, other);
    }
}
