package io.layar.proxy.core.route;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.layar.proxy.core.accesslog.FormatFacts;
import io.layar.proxy.core.config.ConfigRejected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Direct responses, with their bodies read once. */
final class DirectBody {
    private DirectBody() {}

    static RouteAction compile(DirectResponseAction proto, long maxBytes, FormatFacts facts) {
        if (proto.getStatus() < 200 || proto.getStatus() >= 600) {
            throw new ConfigRejected("direct_response.status", "value must be inside range [200, 600)");
        }
        byte[] body = read(proto.getBody(), facts);
        if (body.length > maxBytes) {
            throw new ConfigRejected(
                    "direct_response.body", "response body size is " + body.length + " bytes; maximum is " + maxBytes);
        }
        return new RouteAction.Responding(proto.getStatus(), new String(body, StandardCharsets.ISO_8859_1));
    }

    private static byte[] read(DataSource source, FormatFacts facts) {
        return switch (source.getSpecifierCase()) {
            case INLINE_STRING -> source.getInlineStringBytes().toByteArray();
            case INLINE_BYTES -> source.getInlineBytes().toByteArray();
            case FILENAME -> file(source.getFilename());
            case ENVIRONMENT_VARIABLE -> {
                String value = facts.environment().value(source.getEnvironmentVariable());
                yield value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
            }
            case SPECIFIER_NOT_SET -> new byte[0];
        };
    }

    private static byte[] file(String name) {
        try {
            return Files.readAllBytes(Path.of(name));
        } catch (IOException e) {
            throw new ConfigRejected("direct_response.body", "Invalid path: " + name);
        }
    }
}
