package io.layar.proxy.core.lb;

/** Draws priority and availability from a {@link PriorityLoad}. */
final class PriorityChoice {
    private static final int DEGRADED = 1 << 16;

    private PriorityChoice() {}

    /** A priority, with a mark when its degraded hosts are meant. {@code hash} is taken as unsigned. */
    static int choose(long hash, PriorityLoad load) {
        int draw = (int) Long.remainderUnsigned(hash, 100) + 1;
        int reached = 0;
        int[] healthy = load.healthy();
        for (int p = 0; p < healthy.length; p++) {
            reached += healthy[p];
            if (draw <= reached) {
                return p;
            }
        }
        int[] degraded = load.degraded();
        for (int p = 0; p < degraded.length; p++) {
            reached += degraded[p];
            if (draw <= reached) {
                return p | DEGRADED;
            }
        }
        return 0;
    }

    static int priority(int choice) {
        return choice & ~DEGRADED;
    }

    static boolean degraded(int choice) {
        return (choice & DEGRADED) != 0;
    }
}
