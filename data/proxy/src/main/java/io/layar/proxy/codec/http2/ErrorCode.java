package io.layar.proxy.codec.http2;

import io.layar.proxy.codec.ResetReason;

/** Error codes of RST_STREAM and GOAWAY. Source: RFC 9113, section 7. */
enum ErrorCode {
    NO_ERROR,
    PROTOCOL_ERROR,
    INTERNAL_ERROR,
    FLOW_CONTROL_ERROR,
    SETTINGS_TIMEOUT,
    STREAM_CLOSED,
    FRAME_SIZE_ERROR,
    REFUSED_STREAM,
    CANCEL,
    COMPRESSION_ERROR,
    CONNECT_ERROR,
    ENHANCE_YOUR_CALM,
    INADEQUATE_SECURITY,
    HTTP_1_1_REQUIRED;

    /** What a peer's RST_STREAM with this number means to the stream's owner. */
    static ResetReason remoteReason(long code) {
        if (code == REFUSED_STREAM.ordinal()) {
            return ResetReason.REMOTE_REFUSED_STREAM_RESET;
        }
        return code == CONNECT_ERROR.ordinal() ? ResetReason.CONNECT_ERROR : ResetReason.REMOTE_RESET;
    }
}
