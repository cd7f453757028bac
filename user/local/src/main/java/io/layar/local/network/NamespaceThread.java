package io.layar.local.network;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Runs code with another network namespace's view: a platform thread enters the namespace with setns(2), runs the task and ends,
 * so that no other task ever sees that view. Needs root.
 */
final class NamespaceThread {
    private static final int O_RDONLY = 0;
    private static final int CLONE_NEWNET = 0x40000000;

    private NamespaceThread() {}

    /** Runs {@code task} in the namespace called {@code name} (as {@code ip netns} lists it) and returns its result. */
    static <T> T run(String name, Callable<T> task) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform().name("netns-" + name).start(() -> {
            try {
                enter("/run/netns/" + name);
                result.complete(task.call());
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            }
        });
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static void enter(String path) throws Throwable {
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            var file = arena.allocateFrom(path);
            int descriptor = (int) function(linker, "open", ValueLayout.ADDRESS, ValueLayout.JAVA_INT)
                    .invoke(file, O_RDONLY);
            if (descriptor < 0) {
                throw new IOException("cannot open network namespace " + path);
            }
            int entered = (int) function(linker, "setns", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)
                    .invoke(descriptor, CLONE_NEWNET);
            int closed = (int) function(linker, "close", ValueLayout.JAVA_INT).invoke(descriptor);
            if (entered != 0 || closed != 0) {
                throw new IOException("cannot enter network namespace " + path + " (needs root)");
            }
        }
    }

    private static MethodHandle function(Linker linker, String name, java.lang.foreign.MemoryLayout... arguments) {
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
    }
}
