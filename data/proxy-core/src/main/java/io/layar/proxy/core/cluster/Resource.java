package io.layar.proxy.core.cluster;

/** A limited resource of a cluster at one priority. Thread: any. */
public interface Resource {
    /** True while one more is within the limit. */
    boolean canCreate();

    void inc();

    void dec();

    long count();

    long max();
}
