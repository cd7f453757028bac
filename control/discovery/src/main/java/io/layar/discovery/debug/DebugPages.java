package io.layar.discovery.debug;

import io.layar.discovery.metrics.DiscoveryMetrics;
import io.layar.discovery.metrics.MetricsText;
import io.layar.discovery.push.Era;
import io.layar.xds.TypeUrl;
import io.layar.xds.server.Connection;
import io.layar.xdsgen.json.JsonText;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The pages of the debug port and of the monitoring port. */
public final class DebugPages {
    private DebugPages() {}

    /** What the pages look into. */
    public record Sources(
            Supplier<Era> eras,
            Supplier<Collection<Connection>> connections,
            Runnable push,
            BooleanSupplier ready,
            DiscoveryMetrics metrics,
            String version) {}

    /** Path to page, for the debug port. */
    public static Map<String, Page> debug(Sources sources) {
        Clients clients = new Clients(sources.connections());
        StatusPages status = new StatusPages(clients, sources.eras(), sources.push());
        ConfigPages config = new ConfigPages(clients, sources.eras());
        Map<String, Described> described = new TreeMap<>();
        described.put("/debug/adsz", new Described("Connected proxies and what they watch", status::adsz));
        described.put("/debug/syncz", new Described("What each proxy was sent and acknowledged", status::syncz));
        described.put("/debug/connections", new Described("Connected proxies", status::connections));
        described.put("/debug/push_status", new Described("The last push", status::pushStatus));
        described.put("/debug/cachez", new Described("Generated resources that are kept", status::cachez));
        described.put(
                "/debug/config_dump", new Described("What a proxy was sent, as its own dump", config::configDump));
        described.put("/debug/edsz", new Described("Endpoints sent", config.sentOf(TypeUrl.ENDPOINT)));
        described.put("/debug/ecdsz", new Described("Extension configs sent", config.sentOf(TypeUrl.EXTENSION_CONFIG)));
        described.put("/debug/configz", new Described("Objects of the configuration", config::configz));
        Map<String, Page> pages = new LinkedHashMap<>();
        described.forEach((path, page) -> pages.put(path, page.page()));
        pages.put("/debug/list", query -> Page.Answer.json(JsonText.pretty(List.copyOf(described.keySet()))));
        pages.put("/debug", query -> new Page.Answer(200, "text/html; charset=utf-8", index(described)));
        pages.put(
                "/ready",
                query -> sources.ready().getAsBoolean()
                        ? Page.Answer.text("")
                        : new Page.Answer(503, "text/plain", "not ready\n"));
        return pages;
    }

    private record Described(String what, Page page) {}

    private static String index(Map<String, Described> pages) {
        StringBuilder html = new StringBuilder("<!doctype html><title>Debug</title><table>");
        pages.forEach((path, page) -> html.append("<tr><td><a href=\"")
                .append(path)
                .append("\">")
                .append(path)
                .append("</a><td>")
                .append(page.what()));
        return html.append("</table>\n").toString();
    }

    /** Path to page, for the monitoring port. */
    public static Map<String, Page> monitoring(Sources sources) {
        return Map.of(
                "/metrics",
                query -> new Page.Answer(
                        200,
                        "text/plain; version=0.0.4; charset=utf-8",
                        MetricsText.of(sources.metrics().registry())),
                "/version",
                query -> Page.Answer.text(sources.version() + "\n"));
    }
}
