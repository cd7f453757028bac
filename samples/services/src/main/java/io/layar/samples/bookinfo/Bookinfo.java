package io.layar.samples.bookinfo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * One service of the book shop: {@code productpage}, {@code details}, {@code reviews} or {@code ratings}, named by the first
 * argument. Environment: {@code PORT} (9080), {@code BIND_ADDRESS} (all addresses), {@code SERVICE_VERSION} ({@code v1}),
 * {@code HTTP_PROXY} for its own calls.
 */
public final class Bookinfo {
    private static final int BACKLOG = 512;

    private Bookinfo() {}

    public static void main(String[] args) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("http.maxConnections", "64");
        Map<String, String> env = System.getenv();
        Peers peers = Peers.from(env);
        String version = env.getOrDefault("SERVICE_VERSION", "v1");
        Page page = switch (args.length == 1 ? args[0] : "") {
            case "productpage" -> new ProductPage(peers);
            case "details" -> (exchange, path) -> Reply.json(Shop.details());
            case "reviews" -> new Reviews(peers, version);
            case "ratings" -> (exchange, path) -> Reply.json(Shop.ratings());
            default ->
                throw new IllegalArgumentException(
                        "service: " + String.join(" ", args) + " (expected: productpage, details, reviews or ratings)");
        };
        serve(env, page);
    }

    private static void serve(Map<String, String> env, Page page) throws IOException {
        int port = Integer.parseInt(env.getOrDefault("PORT", "9080"));
        String bind = env.getOrDefault("BIND_ADDRESS", "0.0.0.0");
        HttpServer server = HttpServer.create(new InetSocketAddress(bind, port), BACKLOG);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, page));
        server.start();
        System.out.println("listening on " + bind + ":" + port);
    }

    private static void answer(HttpExchange exchange, Page page) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Reply reply = path.equals("/health") ? Reply.json("{\"status\": \"ok\"}") : page.reply(exchange, path);
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", reply.contentType());
            exchange.sendResponseHeaders(reply.status(), body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    /** What a service answers to a path. */
    interface Page {
        Reply reply(HttpExchange exchange, String path) throws IOException;
    }

    /** A whole answer. */
    record Reply(int status, String contentType, String body) {
        static Reply json(String body) {
            return new Reply(200, "application/json", body);
        }

        static Reply html(int status, String body) {
            return new Reply(status, "text/html; charset=utf-8", body);
        }
    }
}
