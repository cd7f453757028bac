package io.layar.proxy.core.accesslog;

import io.layar.proxy.core.http.HeaderMap;
import io.layar.proxy.core.stream.StreamInfo;

/**
 * What a format or a log filter draws on. Absent messages are empty maps. Thread: event loop of the stream.
 *
 * @param localReplyBody body of an answer of our own, empty for any other
 */
public record LogInput(
        StreamInfo info,
        HeaderMap request,
        HeaderMap response,
        HeaderMap trailers,
        String localReplyBody,
        LogType type) {
    private static final HeaderMap NO_HEADERS = new HeaderMap();

    /** A TCP session, or any other place without HTTP messages. */
    public static LogInput of(StreamInfo info, LogType type) {
        return new LogInput(info, NO_HEADERS, NO_HEADERS, NO_HEADERS, "", type);
    }

    /** While a request's headers are being rewritten. */
    public static LogInput ofRequest(StreamInfo info, HeaderMap request) {
        return new LogInput(info, request, NO_HEADERS, NO_HEADERS, "", LogType.NOT_SET);
    }

    /** While a response's headers are being rewritten. */
    public static LogInput ofResponse(StreamInfo info, HeaderMap request, HeaderMap response) {
        return new LogInput(info, request, response, NO_HEADERS, "", LogType.NOT_SET);
    }
}
