package io.layar.proxy.core.accesslog;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.config.Types;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** A SubstitutionFormatString, compiled: text or JSON. Thread: any (immutable). */
public sealed interface LogFormat {
    /** Envoy's format where none is configured. */
    String DEFAULT = "[%START_TIME%] \"%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%\" %RESPONSE_CODE% "
            + "%RESPONSE_FLAGS% %BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "
            + "\"%REQ(X-FORWARDED-FOR)%\" \"%REQ(USER-AGENT)%\" \"%REQ(X-REQUEST-ID)%\" \"%REQ(:AUTHORITY)%\" "
            + "\"%UPSTREAM_HOST%\"\n";

    /** Appends a line, as Latin-1 chars that stand for bytes. */
    void write(LogInput in, StringBuilder out);

    /** Content type of a local reply that is written in this format. */
    String contentType();

    record Text(TextFormat format, String contentType) implements LogFormat {
        @Override
        public void write(LogInput in, StringBuilder out) {
            format.write(in, out);
        }
    }

    /** A JSON object and the end of the line. */
    record Json(JsonFormat format, String contentType) implements LogFormat {
        @Override
        public void write(LogInput in, StringBuilder out) {
            format.write(in, out);
            out.append('\n');
        }
    }

    static LogFormat text(String format, FormatFacts facts) {
        return new Text(TextFormat.compile(format, false, facts), "text/plain");
    }

    /** Errors: {@link ConfigRejected} for unknown operators and formatter extensions. */
    static LogFormat compile(SubstitutionFormatString proto, FormatFacts facts, String field) {
        for (TypedExtensionConfig extension : proto.getFormattersList()) {
            String type = Types.nameOf(extension.getTypedConfig().getTypeUrl());
            if (!Extensions.KNOWN.contains(type)) {
                throw ConfigRejected.unsupported(field + ".formatters", extension.getName());
            }
        }
        try {
            return compile(proto, facts);
        } catch (ConfigRejected e) {
            throw e.within(field);
        }
    }

    @SuppressWarnings("deprecation") // text_format is what older control planes write
    private static LogFormat compile(SubstitutionFormatString proto, FormatFacts facts) {
        boolean omitEmpty = proto.getOmitEmptyValues();
        String type = proto.getContentType();
        return switch (proto.getFormatCase()) {
            case JSON_FORMAT ->
                new Json(
                        JsonFormat.compile(proto.getJsonFormat(), omitEmpty, facts),
                        type.isEmpty() ? "application/json" : type);
            case TEXT_FORMAT ->
                new Text(
                        TextFormat.compile(proto.getTextFormat(), omitEmpty, facts),
                        type.isEmpty() ? "text/plain" : type);
            case TEXT_FORMAT_SOURCE ->
                new Text(
                        TextFormat.compile(read(proto.getTextFormatSource(), facts), omitEmpty, facts),
                        type.isEmpty() ? "text/plain" : type);
            case FORMAT_NOT_SET -> throw new ConfigRejected("format", "value is required");
        };
    }

    private static String read(DataSource source, FormatFacts facts) {
        return switch (source.getSpecifierCase()) {
            case INLINE_STRING -> source.getInlineString();
            case INLINE_BYTES -> source.getInlineBytes().toStringUtf8();
            case FILENAME -> {
                try {
                    yield Files.readString(Path.of(source.getFilename()));
                } catch (IOException e) {
                    throw new ConfigRejected("text_format_source", "Invalid path: " + source.getFilename());
                }
            }
            case ENVIRONMENT_VARIABLE -> {
                String value = facts.environment().value(source.getEnvironmentVariable());
                yield value == null ? "" : value;
            }
            case SPECIFIER_NOT_SET -> throw new ConfigRejected("text_format_source", "specifier: value is required");
        };
    }

    /** Bytes of a line. */
    static byte[] bytes(StringBuilder line) {
        return line.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Formatter extensions whose operators are always there. */
    final class Extensions {
        private static final Set<String> KNOWN = Set.of(
                "envoy.extensions.formatter.req_without_query.v3.ReqWithoutQuery",
                "envoy.extensions.formatter.metadata.v3.Metadata");

        private Extensions() {}
    }
}
