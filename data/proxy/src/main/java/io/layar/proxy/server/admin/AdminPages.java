package io.layar.proxy.server.admin;

import io.layar.proxy.network.Services;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The paths of the admin interface. A page's classes load when it is first asked for. Thread: main loop. */
final class AdminPages {
    private record Page(boolean changes, String help, Function<AdminRequest, AdminResponse> answer) {}

    private final Map<String, Page> pages = new TreeMap<>();

    AdminPages(Services services, Runnable quit) {
        state(services, quit);
        get("/server_info", "print server version/status information", r -> new ServerPages(services).info());
        get("/config_dump", "dump current Envoy configs", r -> new ConfigDump(services).dump(r));
        get("/clusters", "upstream cluster status", r -> new ClusterPages(services).serve(r));
        get("/listeners", "print listener info", r -> new ListenerPages(services).listeners(r));
        get("/certs", "print certs on machine", r -> new CertificatePage(services).serve());
        get(
                "/init_dump",
                "dump current Envoy init manager information (experimental)",
                r -> new ListenerPages(services).waiting());
        get("/memory", "print current allocation/heap usage", r -> new ServerPages(services).memory());
        get("/runtime", "print runtime values", r -> new ServerPages(services).runtime());
        get("/stats", "print server stats", r -> new StatsPages(services).serve(r));
        get(
                "/stats/prometheus",
                "print server stats in prometheus format",
                r -> new StatsPages(services).prometheus(r));
        post("/reset_counters", "reset all counters to zero", r -> new StatsPages(services).reset());
        post(
                "/runtime_modify",
                "Adds or modifies runtime values as passed in query parameters",
                r -> new ServerPages(services).modify(r));
        post("/drain_listeners", "drain listeners", r -> new ListenerPages(services).drain(r));
        post("/logging", "query/change logging levels", r -> new LoggingPage().serve(r));
        post("/reopen_logs", "reopen access logs", r -> AdminResponse.text("OK\n"));
        get("/hot_restart_version", "print the hot restart compatibility version", r -> AdminResponse.text("disabled"));
        get("/help", "print out list of admin commands", r -> AdminResponse.text("admin commands are:\n" + help()));
        get("/", "Admin home page", r -> AdminResponse.text("admin commands are:\n" + help()));
    }

    private void state(Services services, Runnable quit) {
        ServerStateView state = new ServerStateView(services);
        get("/ready", "print server state, return 200 if LIVE, otherwise return 503", r -> state.ready());
        post("/healthcheck/fail", "cause the server to fail health checks", r -> state.healthCheck(true));
        post("/healthcheck/ok", "cause the server to pass health checks", r -> state.healthCheck(false));
        post("/quitquitquit", "exit the server", r -> {
            quit.run();
            return AdminResponse.text("OK\n");
        });
    }

    private void get(String path, String help, Function<AdminRequest, AdminResponse> answer) {
        pages.put(path, new Page(false, help, answer));
    }

    private void post(String path, String help, Function<AdminRequest, AdminResponse> answer) {
        pages.put(path, new Page(true, help, answer));
    }

    private String help() {
        StringBuilder text = new StringBuilder();
        pages.forEach((path, page) -> text.append("  ")
                .append(path)
                .append(page.changes ? " (POST)" : "")
                .append(": ")
                .append(page.help)
                .append('\n'));
        return text.toString();
    }

    AdminResponse serve(AdminRequest request) {
        Page page = pages.get(request.path());
        if (page == null) {
            return AdminResponse.text(404, "invalid path. admin commands are:\n" + help());
        }
        if (page.changes && !request.method().equals("POST")) {
            return AdminResponse.text(405, "Method " + request.method() + " not allowed, POST required.");
        }
        try {
            return page.answer.apply(request);
        } catch (com.google.re2j.PatternSyntaxException e) {
            return AdminResponse.text(400, "Invalid re2 regex");
        }
    }
}
