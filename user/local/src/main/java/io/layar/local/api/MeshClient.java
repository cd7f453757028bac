package io.layar.local.api;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.layar.local.MeshView;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The command line's side of {@link MeshApi}. Errors: {@link NoMesh} when none runs; IOException with the mesh's own words. */
public final class MeshClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TIMEOUT_MILLIS = 30_000;

    private final MeshRecord record;

    private MeshClient(MeshRecord record) {
        this.record = record;
    }

    /** No mesh runs for this user. */
    public static final class NoMesh extends IOException {
        private static final long serialVersionUID = 1L;

        NoMesh() {
            super("no mesh is running: start one with layar up PATH");
        }
    }

    /** The mesh that was started with that state folder. */
    public static MeshClient find(Path folder) throws NoMesh {
        MeshRecord record = MeshRecord.read(folder);
        if (record == null || !record.runs()) {
            throw new NoMesh();
        }
        return new MeshClient(record);
    }

    public MeshView view() throws IOException {
        return JSON.readValue(ask("/view", ""), MeshView.class);
    }

    public List<String> apply(String yaml) throws IOException {
        return JSON.readValue(ask("/apply", yaml), MeshApi.Outcome.class).lines();
    }

    public List<String> delete(String yaml) throws IOException {
        return JSON.readValue(ask("/delete", yaml), MeshApi.Outcome.class).lines();
    }

    /** Resources of a kind, each with kind, namespace, name and yaml. Empty texts mean "any". */
    public List<Map<String, String>> resources(String kind, String namespace, String name) throws IOException {
        String body = JSON.writeValueAsString(Map.of("kind", kind, "namespace", namespace, "name", name));
        return JSON.readValue(ask("/resources", body), new TypeReference<>() {});
    }

    /** Asks the mesh to end and waits until its process is gone. */
    public void down() throws IOException {
        ask("/down", "");
        ProcessHandle.of(record.pid()).ifPresent(process -> process.onExit().join());
    }

    private String ask(String path, String body) throws IOException {
        var connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + record.port() + path).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setRequestProperty(MeshApi.TOKEN_HEADER, record.token());
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        int status = connection.getResponseCode();
        try (InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (status == 400) {
                throw new IOException(String.join(
                        "\n", JSON.readValue(text, MeshApi.Outcome.class).lines()));
            }
            if (status != 200) {
                throw new IOException("the mesh answered " + status + ": " + text);
            }
            return text;
        }
    }
}
