package io.layar.xdsgen.telemetry;

import com.google.protobuf.Struct;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.JsonFormatOptions;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.formatter.req_without_query.v3.ReqWithoutQuery;
import io.layar.xdsgen.envoy.Protos;
import java.util.List;

/** Formats of access logs. */
final class LogFormats {
    static final String DEFAULT_TEXT = "[%START_TIME%] \"%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% "
            + "%PROTOCOL%\" %RESPONSE_CODE% %RESPONSE_FLAGS% "
            + "%RESPONSE_CODE_DETAILS% %CONNECTION_TERMINATION_DETAILS% "
            + "\"%UPSTREAM_TRANSPORT_FAILURE_REASON%\" %BYTES_RECEIVED% %BYTES_SENT% "
            + "%DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% \"%REQ(X-FORWARDED-FOR)%\" "
            + "\"%REQ(USER-AGENT)%\" \"%REQ(X-REQUEST-ID)%\" \"%REQ(:AUTHORITY)%\" \"%UPSTREAM_HOST%\" "
            + "%UPSTREAM_CLUSTER_RAW% %UPSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_LOCAL_ADDRESS% "
            + "%DOWNSTREAM_REMOTE_ADDRESS% %REQUESTED_SERVER_NAME% %ROUTE_NAME%\n";

    private static final String WITHOUT_QUERY = "%REQ_WITHOUT_QUERY";
    private static final TypedExtensionConfig WITHOUT_QUERY_FORMATTER = TypedExtensionConfig.newBuilder()
            .setName("envoy.formatter.req_without_query")
            .setTypedConfig(Protos.pack(ReqWithoutQuery.getDefaultInstance()))
            .build();

    private static final Struct DEFAULT_JSON = Struct.newBuilder()
            .putFields("start_time", Protos.text("%START_TIME%"))
            .putFields("route_name", Protos.text("%ROUTE_NAME%"))
            .putFields("method", Protos.text("%REQ(:METHOD)%"))
            .putFields("path", Protos.text("%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%"))
            .putFields("protocol", Protos.text("%PROTOCOL%"))
            .putFields("response_code", Protos.text("%RESPONSE_CODE%"))
            .putFields("response_flags", Protos.text("%RESPONSE_FLAGS%"))
            .putFields("response_code_details", Protos.text("%RESPONSE_CODE_DETAILS%"))
            .putFields("connection_termination_details", Protos.text("%CONNECTION_TERMINATION_DETAILS%"))
            .putFields("bytes_received", Protos.text("%BYTES_RECEIVED%"))
            .putFields("bytes_sent", Protos.text("%BYTES_SENT%"))
            .putFields("duration", Protos.text("%DURATION%"))
            .putFields("upstream_service_time", Protos.text("%RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%"))
            .putFields("x_forwarded_for", Protos.text("%REQ(X-FORWARDED-FOR)%"))
            .putFields("user_agent", Protos.text("%REQ(USER-AGENT)%"))
            .putFields("request_id", Protos.text("%REQ(X-REQUEST-ID)%"))
            .putFields("authority", Protos.text("%REQ(:AUTHORITY)%"))
            .putFields("upstream_host", Protos.text("%UPSTREAM_HOST%"))
            .putFields("upstream_cluster", Protos.text("%UPSTREAM_CLUSTER_RAW%"))
            .putFields("upstream_local_address", Protos.text("%UPSTREAM_LOCAL_ADDRESS%"))
            .putFields("downstream_local_address", Protos.text("%DOWNSTREAM_LOCAL_ADDRESS%"))
            .putFields("downstream_remote_address", Protos.text("%DOWNSTREAM_REMOTE_ADDRESS%"))
            .putFields("requested_server_name", Protos.text("%REQUESTED_SERVER_NAME%"))
            .putFields("upstream_transport_failure_reason", Protos.text("%UPSTREAM_TRANSPORT_FAILURE_REASON%"))
            .build();

    private LogFormats() {}

    /** Text; the built-in format when empty. A line always ends with a line feed. */
    static SubstitutionFormatString text(String format, boolean omitEmptyValues) {
        String line = format.isEmpty() ? DEFAULT_TEXT : format.endsWith("\n") ? format : format + "\n";
        SubstitutionFormatString.Builder out = SubstitutionFormatString.newBuilder()
                .setTextFormatSource(DataSource.newBuilder().setInlineString(line))
                .setOmitEmptyValues(omitEmptyValues);
        if (needsWithoutQuery(line)) {
            out.addFormatters(WITHOUT_QUERY_FORMATTER);
        }
        return out.build();
    }

    /** JSON; the built-in fields when there are none. */
    static SubstitutionFormatString json(Struct fields, boolean omitEmptyValues) {
        Struct format = fields.getFieldsCount() == 0 ? DEFAULT_JSON : fields;
        SubstitutionFormatString.Builder out = SubstitutionFormatString.newBuilder()
                .setJsonFormat(format)
                .setJsonFormatOptions(JsonFormatOptions.getDefaultInstance())
                .setOmitEmptyValues(omitEmptyValues);
        if (needsWithoutQuery(format)) {
            out.addFormatters(WITHOUT_QUERY_FORMATTER);
        }
        return out.build();
    }

    /** The formatters that a text or any of some attributes needs. */
    static Iterable<TypedExtensionConfig> formatters(String text, Struct attributes) {
        return needsWithoutQuery(text) || needsWithoutQuery(attributes) ? List.of(WITHOUT_QUERY_FORMATTER) : List.of();
    }

    private static boolean needsWithoutQuery(String text) {
        return text.contains(WITHOUT_QUERY);
    }

    private static boolean needsWithoutQuery(Struct fields) {
        return fields.getFieldsMap().values().stream().anyMatch(value -> needsWithoutQuery(value.getStringValue()));
    }
}
