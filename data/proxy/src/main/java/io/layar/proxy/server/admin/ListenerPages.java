package io.layar.proxy.server.admin;

import io.layar.proxy.core.config.JsonPrinter;
import io.layar.proxy.core.stream.Address;
import io.layar.proxy.listener.ActiveListener;
import io.layar.proxy.listener.Listeners;
import io.layar.proxy.network.Services;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Pages about listeners. Thread: main loop. */
record ListenerPages(Services services) {
    AdminResponse listeners(AdminRequest request) {
        List<ActiveListener> all = services.require(Listeners.class).active();
        return "json".equals(request.get("format")) ? json(all) : text(all);
    }

    private static AdminResponse text(List<ActiveListener> all) {
        StringBuilder text = new StringBuilder();
        for (ActiveListener listener : all) {
            for (SocketAddress address : listener.localAddresses()) {
                text.append(listener.name())
                        .append("::")
                        .append(Address.of(address).text())
                        .append('\n');
            }
        }
        return AdminResponse.text(text.toString());
    }

    private static AdminResponse json(List<ActiveListener> all) {
        List<@Nullable Object> statuses = new ArrayList<>();
        for (ActiveListener listener : all) {
            Map<String, @Nullable Object> status = new LinkedHashMap<>();
            status.put("name", listener.name());
            List<@Nullable Object> addresses = new ArrayList<>();
            listener.localAddresses().forEach(address -> addresses.add(address(Address.of(address))));
            status.put("local_address", addresses.getFirst());
            if (addresses.size() > 1) {
                status.put("additional_local_addresses", addresses.subList(1, addresses.size()));
            }
            statuses.add(status);
        }
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("listener_statuses", statuses);
        return AdminResponse.json(JsonPrinter.indented(page) + "\n");
    }

    static Map<String, @Nullable Object> address(Address address) {
        Map<String, @Nullable Object> inner = new LinkedHashMap<>();
        Map<String, @Nullable Object> outer = new LinkedHashMap<>();
        if (address.inet() == null) {
            inner.put("path", address.ip());
            outer.put("pipe", inner);
        } else {
            inner.put("address", address.ip());
            inner.put("port_value", address.port());
            outer.put("socket_address", inner);
        }
        return outer;
    }

    /** {@code /init_dump}: what warming listeners wait for. */
    AdminResponse waiting() {
        List<@Nullable Object> dumps = new ArrayList<>();
        for (ActiveListener listener : services.require(Listeners.class).warming()) {
            Map<String, @Nullable Object> dump = new LinkedHashMap<>();
            dump.put("name", "init manager Listener-local-init-manager " + listener.name());
            dump.put("target_names", listener.waitingFor());
            dumps.add(dump);
        }
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        if (!dumps.isEmpty()) {
            page.put("unready_targets_dumps", dumps);
        }
        return AdminResponse.json(JsonPrinter.indented(page) + "\n");
    }

    /** {@code /drain_listeners}: with {@code graceful} connections end over the drain time before sockets close. */
    AdminResponse drain(AdminRequest request) {
        Listeners listeners = services.require(Listeners.class);
        boolean inboundOnly = request.has("inboundonly");
        boolean graceful = request.has("graceful");
        boolean skipExit = request.has("skip_exit");
        if (skipExit && !graceful) {
            return AdminResponse.text(400, "skip_exit requires graceful\n");
        }
        listeners.drainAll(inboundOnly, !graceful);
        if (graceful && !skipExit) {
            var unused = services.workers()
                    .main()
                    .loop()
                    .schedule(
                            () -> listeners.drainAll(inboundOnly, true),
                            listeners.drainMillis(),
                            TimeUnit.MILLISECONDS);
        }
        return AdminResponse.text("OK\n");
    }
}
