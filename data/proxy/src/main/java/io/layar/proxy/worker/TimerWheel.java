package io.layar.proxy.worker;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Timers of one loop in two wheels: 256 slots of a millisecond and 256 slots of 256 ms; later ones wait in the last slot and come round
 * again. Arming and disarming unlink and link a node: no allocation, no heap.
 *
 * <p>Order: timers of one millisecond fire in the order in which they were armed. A timer never fires early, and at most a millisecond
 * late by its own doing. Thread: the loop.
 */
final class TimerWheel {
    private static final int SLOTS = 256;
    private static final long NEVER = Long.MAX_VALUE;

    private final EventLoop loop;
    private final long origin = System.nanoTime();
    private final Node[] near = heads();
    private final Node[] far = heads();
    private int nearCount;
    private int farCount;
    /** Every tick up to this one has been served. */
    private long served;

    private long wakeAt = NEVER;
    private boolean advancing;
    private @Nullable Future<?> wake;

    TimerWheel(EventLoop loop) {
        this.loop = loop;
    }

    Timer timer(Runnable task) {
        return new Node(task);
    }

    private Node[] heads() {
        Node[] heads = new Node[SLOTS];
        for (int i = 0; i < SLOTS; i++) {
            heads[i] = new Node(() -> {});
        }
        return heads;
    }

    private long now() {
        return (System.nanoTime() - origin) / 1_000_000;
    }

    private void insert(Node node) {
        long distance = node.deadline - served;
        if (distance < SLOTS) {
            link(node, near[(int) (node.deadline & 255)], true);
        } else {
            long at = Math.min(node.deadline >> 8, (served >> 8) + SLOTS - 1);
            link(node, far[(int) (at & 255)], false);
        }
    }

    private void link(Node node, Node head, boolean isNear) {
        node.near = isNear;
        node.previous = head.previous;
        node.next = head;
        head.previous.next = node;
        head.previous = node;
        if (isNear) {
            nearCount++;
        } else {
            farCount++;
        }
    }

    private void unlink(Node node) {
        node.previous.next = node.next;
        node.next.previous = node.previous;
        node.next = node;
        node.previous = node;
        if (node.near) {
            nearCount--;
        } else {
            farCount--;
        }
    }

    private void advance() {
        long now = now();
        wakeAt = NEVER;
        advancing = true;
        while (served < now) {
            if (nearCount == 0 && farCount == 0) {
                served = now;
                break;
            }
            if (nearCount == 0) {
                // Nothing is due before the next 256 ms boundary: jump to just before it.
                served = Math.min(now, served | 255);
                if (served == now) {
                    break;
                }
            }
            served++;
            if ((served & 255) == 0) {
                cascade(far[(int) (served >> 8 & 255)]);
            }
            fire(near[(int) (served & 255)]);
        }
        advancing = false;
        plan();
    }

    private void cascade(Node head) {
        Node first = head.next;
        if (first == head) {
            return;
        }
        // Detach the list first: what is still too far goes back into this wheel.
        Node last = head.previous;
        head.next = head;
        head.previous = head;
        Node node = first;
        while (true) {
            Node next = node.next;
            farCount--;
            insert(node);
            if (node == last) {
                return;
            }
            node = next;
        }
    }

    private void fire(Node head) {
        while (head.next != head) {
            Node node = head.next;
            unlink(node);
            node.armed = false;
            node.run();
        }
    }

    private void plan() {
        if (nearCount > 0) {
            for (long tick = served + 1; tick <= served + SLOTS; tick++) {
                Node head = near[(int) (tick & 255)];
                boolean cascades = (tick & 255) == 0 && farCount > 0;
                if (head.next != head || cascades) {
                    wakeAt(tick);
                    return;
                }
            }
        }
        if (farCount > 0) {
            wakeAt((served | 255) + 1);
        }
    }

    private void wakeAt(long tick) {
        if (advancing || tick >= wakeAt) {
            return;
        }
        if (wake != null) {
            wake.cancel(false);
        }
        wakeAt = tick;
        long nanos = origin + tick * 1_000_000 - System.nanoTime();
        wake = loop.schedule(this::advance, Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    private final class Node implements Timer {
        private final Runnable task;
        private Node next = this;
        private Node previous = this;
        private long deadline;
        private boolean armed;
        private boolean near;

        Node(Runnable task) {
            this.task = task;
        }

        void run() {
            task.run();
        }

        @Override
        public void arm(long millis) {
            disarm();
            long now = now();
            if (nearCount == 0 && farCount == 0) {
                served = now;
            }
            deadline = Math.max(now + Math.max(0, millis), served) + 1;
            armed = true;
            insert(this);
            wakeAt(near ? deadline : (served | 255) + 1);
        }

        @Override
        public void disarm() {
            if (armed) {
                armed = false;
                unlink(this);
            }
        }

        @Override
        public boolean armed() {
            return armed;
        }
    }
}
