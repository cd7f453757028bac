package io.layar.proxy.core.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A number that only grows until it is reset. Hold the object; never look it up per request. Thread: any. */
public final class Counter {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final StatName name;
    private volatile long value;

    Counter(StatName name) {
        this.name = name;
    }

    public StatName name() {
        return name;
    }

    public void inc() {
        VALUE.getAndAdd(this, 1L);
    }

    public void add(long amount) {
        VALUE.getAndAdd(this, amount);
    }

    public long value() {
        return value;
    }

    public void reset() {
        value = 0;
    }
}
