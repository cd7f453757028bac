package io.layar.discovery.debug;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves pages by their exact path over HTTP. Thread: any; each request has a virtual thread. */
public final class PageServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);

    private final HttpServer server;
    private final Map<String, Page> pages;

    private PageServer(HttpServer server, Map<String, Page> pages) {
        this.server = server;
        this.pages = pages;
    }

    /** Binds; port 0 takes a free one. */
    public static PageServer start(InetSocketAddress address, Map<String, Page> pages) throws IOException {
        PageServer server = new PageServer(HttpServer.create(address, 0), Map.copyOf(pages));
        server.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.server.createContext("/", server::handle);
        server.server.start();
        return server;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Page page = pages.get(exchange.getRequestURI().getPath());
            Page.Answer answer = page == null
                    ? Page.Answer.notFound("404 page not found\n")
                    : answer(page, query(exchange.getRequestURI().getRawQuery()));
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0 && !exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static Page.Answer answer(Page page, Map<String, String> query) {
        try {
            return page.answer(query);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Page.Answer(503, "text/plain", "stopping\n");
        } catch (IOException | ExecutionException | TimeoutException | RuntimeException e) {
            LOG.atWarn().setCause(e).log("page failed");
            return new Page.Answer(500, "text/plain", e + "\n");
        }
    }

    static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        if (raw == null) {
            return query;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.put(URLDecoder.decode(key, StandardCharsets.UTF_8), URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return query;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
