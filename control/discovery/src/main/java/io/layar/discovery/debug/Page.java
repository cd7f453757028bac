package io.layar.discovery.debug;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Answers one path. */
@FunctionalInterface
public interface Page {
    /** The answer to a request with these query parameters. */
    Answer answer(Map<String, String> query)
            throws IOException, InterruptedException, ExecutionException, TimeoutException;

    /** Status, content type and text. */
    record Answer(int status, String contentType, String body) {
        public static Answer json(String body) {
            return new Answer(200, "application/json", body);
        }

        public static Answer text(String body) {
            return new Answer(200, "text/plain; charset=utf-8", body);
        }

        public static Answer notFound(String body) {
            return new Answer(404, "text/plain; charset=utf-8", body);
        }
    }
}
