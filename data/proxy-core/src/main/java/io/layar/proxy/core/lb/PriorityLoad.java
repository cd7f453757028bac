package io.layar.proxy.core.lb;

/**
 * How many per cent of the load each priority gets, on its healthy and on its degraded hosts.
 *
 * <p>Shape: both lists have one number a priority; all numbers together are 100, or 0 when there is no host at all.
 * Thread: any; the arrays are not to be written to.
 */
public record PriorityLoad(int[] healthy, int[] degraded) {
    public int total(int priority) {
        return healthy[priority] + degraded[priority];
    }
}
