package io.layar.local.network;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Pods as loopback addresses: no privileges needed. Nothing is captured; containers reach the mesh through the sidecar's HTTP
 * proxy port, and others reach them through the sidecar that listens on the pod's address.
 * Shape: pod n lives at 127.66.n and its application at 127.67.n. Thread: any.
 */
public final class LoopbackNetwork implements PodNetwork {
    private static final int PER_BLOCK = 250;

    private final Deque<Integer> free = new ArrayDeque<>();
    private int next = 1;

    @Override
    public String name() {
        return "none";
    }

    @Override
    public String hostAddress() {
        return "127.0.0.1";
    }

    @Override
    public Pod add(String podName, boolean captured) {
        int number = take();
        String tail = (number / PER_BLOCK) + "." + (number % PER_BLOCK + 1);
        String mesh = PodAddress.LOOPBACK_MESH + tail;
        PodAddress address = captured ? PodAddress.onLoopback(mesh) : new PodAddress(mesh, mesh);
        return new LoopbackPod(address, number);
    }

    private int take() {
        synchronized (free) {
            Integer old = free.poll();
            return old == null ? next++ : old;
        }
    }

    @Override
    public void names(Map<String, String> hosts) {
        // Host names reach the mesh inside of HTTP requests; nothing is resolved by the pods themselves.
    }

    @Override
    public void close() {
        // Loopback addresses need no cleaning up.
    }

    private final class LoopbackPod implements Pod {
        private final PodAddress address;
        private final int number;

        LoopbackPod(PodAddress address, int number) {
            this.address = address;
            this.number = number;
        }

        @Override
        public PodAddress address() {
            return address;
        }

        @Override
        public List<String> enter(boolean proxy) {
            return List.of();
        }

        @Override
        public <T> T inside(Callable<T> task) throws Exception {
            return task.call();
        }

        @Override
        public void remove() {
            synchronized (free) {
                free.add(number);
            }
        }
    }
}
