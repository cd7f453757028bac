package io.layar.proxy.core.lb;

/**
 * Earliest deadline first: items come up in proportion to their weights, as evenly as can be.
 *
 * <p>An item's next deadline is one over its weight after the present one; equal deadlines come in the order of insertion.
 * Shape: items are numbers below the capacity; a weight is greater than 0. Thread: event loop of its owner.
 * Source: the published algorithm of Envoy's {@code EdfScheduler}.
 */
final class EdfScheduler {
    private final double[] deadlines;
    private final long[] orders;
    private final int[] items;
    private int size;
    private double now;
    private long nextOrder;

    EdfScheduler(int capacity) {
        deadlines = new double[capacity];
        orders = new long[capacity];
        items = new int[capacity];
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(int item, double weight) {
        int at = size++;
        deadlines[at] = now + 1.0 / weight;
        orders[at] = nextOrder++;
        items[at] = item;
        siftUp(at);
    }

    /** The item that is due, or -1. It stays first until {@link #reschedule}. */
    int peek() {
        return size == 0 ? -1 : items[0];
    }

    /** Moves the first item behind by one over {@code weight}. */
    void reschedule(double weight) {
        now = deadlines[0];
        deadlines[0] = now + 1.0 / weight;
        orders[0] = nextOrder++;
        siftDown();
    }

    private boolean before(double deadline, long order, int other) {
        return deadline < deadlines[other] || (deadline == deadlines[other] && order < orders[other]);
    }

    private void siftUp(int from) {
        double deadline = deadlines[from];
        long order = orders[from];
        int item = items[from];
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!before(deadline, order, parent)) {
                break;
            }
            copy(parent, at);
            at = parent;
        }
        put(at, deadline, order, item);
    }

    private void siftDown() {
        double deadline = deadlines[0];
        long order = orders[0];
        int item = items[0];
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && before(deadlines[child + 1], orders[child + 1], child)) {
                child++;
            }
            if (before(deadline, order, child)) {
                break;
            }
            copy(child, at);
            at = child;
        }
        put(at, deadline, order, item);
    }

    private void copy(int from, int to) {
        deadlines[to] = deadlines[from];
        orders[to] = orders[from];
        items[to] = items[from];
    }

    private void put(int at, double deadline, long order, int item) {
        deadlines[at] = deadline;
        orders[at] = order;
        items[at] = item;
    }
}
