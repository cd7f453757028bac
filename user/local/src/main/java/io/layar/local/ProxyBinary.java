package io.layar.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which data plane a mesh runs, and how one of its proxies is started. */
public sealed interface ProxyBinary {
    /** The command of one proxy with that bootstrap. */
    List<String> command(Path bootstrap);

    /** {@code layar} or {@code envoy}, as the flag calls it. */
    String name();

    /**
     * Our own proxy, started without a shell between.
     *
     * @param java the JDK's {@code java}
     * @param arguments the distribution's argument file
     */
    record Layar(Path java, Path arguments) implements ProxyBinary {
        @Override
        public List<String> command(Path bootstrap) {
            return new ArrayList<>(List.of(
                    java.toString(),
                    "@" + arguments,
                    "io.layar.proxy.server.Main",
                    "-c",
                    bootstrap.toString(),
                    "-l",
                    "warning",
                    "--concurrency",
                    "1"));
        }

        @Override
        public String name() {
            return "layar";
        }
    }

    /** Real Envoy. */
    record Envoy(Path binary) implements ProxyBinary {
        @Override
        public List<String> command(Path bootstrap) {
            return new ArrayList<>(List.of(
                    binary.toString(),
                    "-c",
                    bootstrap.toString(),
                    "-l",
                    "warning",
                    "--concurrency",
                    "1",
                    "--use-dynamic-base-id",
                    "--drain-time-s",
                    "1",
                    "--parent-shutdown-time-s",
                    "2"));
        }

        @Override
        public String name() {
            return "envoy";
        }
    }
}
