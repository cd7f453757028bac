package io.layar.proxy.worker;

/** A timer that can be armed again and again at little cost. Thread: the worker's event loop only. */
public interface Timer {
    /** (Re)starts it: the task runs once, {@code millis} from now unless armed again or disarmed before. */
    void arm(long millis);

    void disarm();

    boolean armed();
}
