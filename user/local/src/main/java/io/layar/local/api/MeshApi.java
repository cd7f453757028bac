package io.layar.local.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.layar.base.Problem;
import io.layar.config.Resource;
import io.layar.config.ResourceKey;
import io.layar.config.ResourceReader;
import io.layar.config.ResourceWriter;
import io.layar.config.validate.Validators;
import io.layar.local.LocalMesh;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * The running mesh's side of the command line: HTTP on 127.0.0.1 with a token, so that other users of the machine stay out.
 * Answers: 200 with JSON or text, 400 with the problems, 403 without the token.
 */
public final class MeshApi implements AutoCloseable {
    static final String TOKEN_HEADER = "x-layar-token";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ResourceReader READER = new ResourceReader(Validators.ALL);

    private final LocalMesh mesh;
    private final Runnable onDown;
    private final String token;
    private final HttpServer server;

    /** What a change did, a line each. */
    record Outcome(List<String> lines) {}

    private MeshApi(LocalMesh mesh, Runnable onDown, String token, HttpServer server) {
        this.mesh = mesh;
        this.onDown = onDown;
        this.token = token;
        this.server = server;
    }

    /** Starts to listen. {@code onDown} is called when somebody asks for the end of the mesh. */
    public static MeshApi start(LocalMesh mesh, Runnable onDown) throws IOException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        MeshApi api = new MeshApi(mesh, onDown, HexFormat.of().formatHex(random), server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", api::handle);
        server.start();
        return api;
    }

    public MeshRecord record(String meshName) {
        return new MeshRecord(ProcessHandle.current().pid(), server.getAddress().getPort(), token, meshName);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!token.equals(exchange.getRequestHeaders().getFirst(TOKEN_HEADER))) {
                send(exchange, 403, "the token of the mesh is missing\n");
                return;
            }
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            switch (exchange.getRequestURI().getPath()) {
                case "/view" -> send(exchange, 200, JSON.writeValueAsString(mesh.view()));
                case "/apply" -> change(exchange, body, true);
                case "/delete" -> change(exchange, body, false);
                case "/resources" -> resources(exchange, body);
                case "/down" -> {
                    send(exchange, 200, "ending\n");
                    onDown.run();
                }
                default -> send(exchange, 404, "no such path\n");
            }
        }
    }

    private void change(HttpExchange exchange, String yaml, boolean apply) throws IOException {
        var parsed = READER.read("<stdin>", yaml);
        List<String> errors = parsed.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .map(Problem::toString)
                .toList();
        if (!errors.isEmpty()) {
            send(exchange, 400, JSON.writeValueAsString(new Outcome(errors)));
            return;
        }
        List<String> lines;
        if (apply) {
            mesh.apply(parsed.resources());
            lines = parsed.resources().stream()
                    .map(resource -> named(resource.key()) + " applied")
                    .toList();
        } else {
            List<ResourceKey> keys =
                    parsed.resources().stream().<ResourceKey>map(Resource::key).toList();
            List<ResourceKey> gone = mesh.delete(keys);
            lines = keys.stream()
                    .map(key -> named(key) + (gone.contains(key) ? " deleted" : " not found"))
                    .toList();
        }
        send(exchange, 200, JSON.writeValueAsString(new Outcome(lines)));
    }

    private static String named(ResourceKey key) {
        return key.kind().name().toLowerCase(java.util.Locale.ROOT) + "/" + key.name() + " (" + key.namespace() + ")";
    }

    /** Body: a JSON object of kind, and perhaps namespace and name. Answer: the YAML of each, by {@code kind/namespace/name}. */
    private void resources(HttpExchange exchange, String body) throws IOException {
        Map<?, ?> asked = JSON.readValue(body, Map.class);
        var found = mesh.resources().all().values().stream()
                .filter(resource -> KindNames.answersTo(resource.kind(), String.valueOf(asked.get("kind"))))
                .filter(resource ->
                        matches(asked.get("namespace"), resource.metadata().namespace()))
                .filter(resource ->
                        matches(asked.get("name"), resource.metadata().name()))
                .map(resource -> Map.of(
                        "namespace", resource.metadata().namespace(),
                        "name", resource.metadata().name(),
                        "kind", resource.kind().name(),
                        "yaml", ResourceWriter.toYaml(resource)))
                .toList();
        send(exchange, 200, JSON.writeValueAsString(found));
    }

    private static boolean matches(@org.jspecify.annotations.Nullable Object asked, String actual) {
        return asked == null || asked.equals("") || asked.equals(actual);
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
