package io.layar.config.names;

/** Percentages as the API has them. Units: 0 to 100. */
public final class Percentages {
    private Percentages() {}

    /** How many of a million: digits beyond the fourth after the point are cut off. */
    public static int ofAMillion(double percent) {
        return (int) (percent * 10_000);
    }
}
