package io.layar.base;

/**
 * A host name of the Istio API: exact ({@code a.example.com}), wildcard ({@code *.example.com}) or any ({@code *}).
 *
 * <p>Shape: kept as written; comparison is by characters. Order: the most specific first (see {@link #compareTo}).
 * Thread: any (immutable). Source: the rules of Istio's host names.
 */
public record Hostname(String value) implements Comparable<Hostname> {
    public static final Hostname ANY = new Hostname("*");

    public boolean isWildcard() {
        return !value.isEmpty() && value.charAt(0) == '*';
    }

    /** Whether the two have a host in common: one of them covers the other. */
    public boolean matches(Hostname other) {
        if (isWildcard() && other.isWildcard()) {
            var mine = suffix();
            var theirs = other.suffix();
            return mine.length() < theirs.length() ? theirs.endsWith(mine) : mine.endsWith(theirs);
        }
        if (isWildcard()) {
            return other.value.endsWith(suffix());
        }
        if (other.isWildcard()) {
            return value.endsWith(other.suffix());
        }
        return value.equals(other.value);
    }

    /** Whether every host that this covers is covered by {@code other}. */
    public boolean isSubsetOf(Hostname other) {
        if (isWildcard() && !other.isWildcard()) {
            return false;
        }
        return other.isWildcard() ? value.substring(isWildcard() ? 1 : 0).endsWith(other.suffix()) : equals(other);
    }

    private String suffix() {
        return value.substring(1);
    }

    /** Order: exact before wildcard; longer before shorter; then alphabetic; {@code *} last. */
    @Override
    public int compareTo(Hostname other) {
        if (isWildcard() != other.isWildcard()) {
            return isWildcard() ? 1 : -1;
        }
        int byLength = Integer.compare(other.value.length(), value.length());
        return byLength != 0 ? byLength : value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
