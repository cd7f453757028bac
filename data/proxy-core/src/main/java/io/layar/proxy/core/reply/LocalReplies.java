package io.layar.proxy.core.reply;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.LocalReplyConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.ResponseMapper;
import io.layar.proxy.core.accesslog.FormatFacts;
import io.layar.proxy.core.accesslog.GrpcStatus;
import io.layar.proxy.core.accesslog.LogFilter;
import io.layar.proxy.core.accesslog.LogFormat;
import io.layar.proxy.core.accesslog.LogInput;
import io.layar.proxy.core.accesslog.LogType;
import io.layar.proxy.core.config.ConfigRejected;
import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.http.HeaderNames;
import io.layar.proxy.core.route.HeaderMutations;
import io.layar.proxy.core.runtime.RuntimeValues;
import io.layar.proxy.core.stream.StreamInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How answers of our own look: mappers, body format, translation for gRPC clients. Thread: any (immutable).
 *
 * <p>Order: the first mapper whose filter accepts the answer changes it, then the body is formatted, then gRPC translation.
 */
public final class LocalReplies {
    /** No configuration: bodies go out as they are, as text/plain. */
    public static final LocalReplies PLAIN = new LocalReplies(List.of(), null);

    /** No gRPC status given: it follows from the HTTP status. */
    public static final int NO_GRPC_STATUS = -1;

    private static final HeaderMap NO_TRAILERS = new HeaderMap();
    private static final String TEXT = "text/plain";

    private final List<Mapper> mappers;
    private final @Nullable LogFormat bodyFormat;

    private LocalReplies(List<Mapper> mappers, @Nullable LogFormat bodyFormat) {
        this.mappers = mappers;
        this.bodyFormat = bodyFormat;
    }

    /** {@code status} 0 and {@code body} null leave them as they are. */
    private record Mapper(
            LogFilter filter,
            int status,
            @Nullable String body,
            HeaderMutations headers,
            @Nullable LogFormat bodyFormat) {}

    /** What the answer is about. {@code grpcStatus} may be {@link #NO_GRPC_STATUS}. */
    public record Reply(int status, String body, int grpcStatus) {}

    public static LocalReplies compile(LocalReplyConfig proto, FormatFacts facts, RuntimeValues runtime, String field) {
        List<Mapper> mappers = new ArrayList<>();
        for (int i = 0; i < proto.getMappersCount(); i++) {
            mappers.add(mapper(proto.getMappers(i), facts, runtime, field + ".mappers[" + i + "]"));
        }
        LogFormat format =
                proto.hasBodyFormat() ? LogFormat.compile(proto.getBodyFormat(), facts, field + ".body_format") : null;
        return new LocalReplies(List.copyOf(mappers), format);
    }

    private static Mapper mapper(ResponseMapper proto, FormatFacts facts, RuntimeValues runtime, String field) {
        if (!proto.hasFilter()) {
            throw new ConfigRejected(field + ".filter", "value is required");
        }
        return new Mapper(
                LogFilter.compile(proto.getFilter(), runtime, field + ".filter"),
                proto.getStatusCode().getValue(),
                proto.hasBody() ? read(proto.getBody(), field + ".body") : null,
                HeaderMutations.compile(proto.getHeadersToAddList(), List.of(), facts, field + ".headers_to_add"),
                proto.hasBodyFormatOverride()
                        ? LogFormat.compile(proto.getBodyFormatOverride(), facts, field + ".body_format_override")
                        : null);
    }

    private static String read(DataSource source, String field) {
        ByteString bytes = switch (source.getSpecifierCase()) {
            case INLINE_STRING -> source.getInlineStringBytes();
            case INLINE_BYTES -> source.getInlineBytes();
            case FILENAME -> {
                try {
                    yield ByteString.copyFrom(Files.readAllBytes(Path.of(source.getFilename())));
                } catch (IOException e) {
                    throw new ConfigRejected(field, "Invalid path: " + source.getFilename());
                }
            }
            case ENVIRONMENT_VARIABLE, SPECIFIER_NOT_SET ->
                throw ConfigRejected.unsupported(field, "this kind of data source");
        };
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /**
     * Completes the headers of an answer and gives its body, empty when the answer ends with its headers.
     *
     * <p>{@code response} comes in with what the answer's origin wanted to add, and leaves with {@code :status}, content headers and,
     * for gRPC requests, grpc-status and grpc-message. Sets the response code of {@code info}. Body chars stand for bytes.
     */
    public String prepare(StreamInfo info, HeaderMap request, HeaderMap response, Reply reply) {
        info.responseCode(reply.status);
        status(response, reply.status);
        Shaped shaped = shape(info, request, response, reply);
        if (GrpcStatus.isGrpcRequest(request)) {
            grpc(request, response, reply, shaped);
            return "";
        }
        if (shaped.body.isEmpty()) {
            response.remove(HeaderNames.CONTENT_LENGTH);
            response.remove(HeaderNames.CONTENT_TYPE);
            return "";
        }
        response.set(HeaderNames.CONTENT_LENGTH, Integer.toString(shaped.body.length()));
        if (!response.contains(HeaderNames.CONTENT_TYPE) || shaped.formatted) {
            response.set(HeaderNames.CONTENT_TYPE, shaped.contentType);
        }
        return "HEAD".equals(request.get(HeaderNames.METHOD)) ? "" : shaped.body;
    }

    private record Shaped(int status, String body, String contentType, boolean formatted) {}

    private Shaped shape(StreamInfo info, HeaderMap request, HeaderMap response, Reply reply) {
        if (mappers.isEmpty() && bodyFormat == null) {
            return new Shaped(reply.status, reply.body, TEXT, false);
        }
        LogInput in = new LogInput(info, request, response, NO_TRAILERS, reply.body, LogType.NOT_SET);
        int status = reply.status;
        String body = reply.body;
        LogFormat format = bodyFormat;
        String typeBefore = response.get(HeaderNames.CONTENT_TYPE);
        for (Mapper mapper : mappers) {
            if (!mapper.filter.accepts(in, System.nanoTime())) {
                continue;
            }
            body = mapper.body == null ? body : mapper.body;
            mapper.headers.apply(response, in);
            if (mapper.status != 0) {
                status = mapper.status;
                status(response, status);
                info.responseCode(status);
            }
            format = mapper.bodyFormat == null ? format : mapper.bodyFormat;
            break;
        }
        String typeNow = response.get(HeaderNames.CONTENT_TYPE);
        boolean ownType = typeNow != null && !typeNow.equals(typeBefore);
        if (format == null) {
            return new Shaped(status, body, TEXT, !ownType && !body.equals(reply.body));
        }
        StringBuilder out = new StringBuilder();
        format.write(new LogInput(info, request, response, NO_TRAILERS, body, LogType.NOT_SET), out);
        return new Shaped(status, out.toString(), format.contentType(), !ownType);
    }

    private static void grpc(HeaderMap request, HeaderMap response, Reply reply, Shaped shaped) {
        status(response, 200);
        response.set(HeaderNames.CONTENT_TYPE, "application/grpc");
        String known = response.get("grpc-status");
        if (known == null || known.isEmpty()) {
            int code = reply.grpcStatus == NO_GRPC_STATUS ? GrpcStatus.ofHttp(shaped.status) : reply.grpcStatus;
            response.set("grpc-status", Integer.toString(code));
        }
        String body = shaped.body.endsWith("\n") ? shaped.body.substring(0, shaped.body.length() - 1) : shaped.body;
        if (!body.isEmpty() && !"HEAD".equals(request.get(HeaderNames.METHOD))) {
            response.set("grpc-message", percentEncoded(body));
        }
        response.remove(HeaderNames.CONTENT_LENGTH);
    }

    /** Bytes outside the printable ones, and the per cent sign, as {@code %XX} (gRPC over HTTP/2, grpc-message). */
    static String percentEncoded(String body) {
        StringBuilder out = new StringBuilder(body.length() + 8);
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c < ' ' || c >= 127 || c == '%') {
                out.append('%').append(hex(c >> 4 & 15)).append(hex(c & 15));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static char hex(int digit) {
        return "0123456789ABCDEF".charAt(digit);
    }

    /** Keeps {@code :status} the first line, where the codecs expect it. */
    private static void status(HeaderMap response, int status) {
        String text = Integer.toString(status);
        if (response.contains(HeaderNames.STATUS)) {
            response.set(HeaderNames.STATUS, text);
        } else {
            response.insert(0, HeaderNames.STATUS, text);
        }
    }
}
