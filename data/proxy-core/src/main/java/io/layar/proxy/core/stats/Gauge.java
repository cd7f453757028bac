package io.layar.proxy.core.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A number that goes up and down. Thread: any. */
public final class Gauge {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Gauge.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final StatName name;
    private volatile long value;
    private volatile boolean used;

    Gauge(StatName name) {
        this.name = name;
    }

    public StatName name() {
        return name;
    }

    public void inc() {
        add(1);
    }

    public void dec() {
        add(-1);
    }

    public void add(long amount) {
        VALUE.getAndAdd(this, amount);
        if (!used) {
            used = true;
        }
    }

    public void set(long newValue) {
        value = newValue;
        used = true;
    }

    public long value() {
        return value;
    }

    /** True once it was ever set. */
    public boolean used() {
        return used;
    }
}
