package io.layar.proxy.codec.http2;

/**
 * Frames that are about the connection, not about a message: PRIORITY, SETTINGS, PING, GOAWAY. Thread: event loop of the connection.
 * Source: RFC 9113, sections 6.3, 6.5, 6.7, 6.8.
 */
final class ControlFrames {
    private final Http2Connection connection;
    private boolean settingsSeen;

    ControlFrames(Http2Connection connection) {
        this.connection = connection;
    }

    /** False until the peer's first SETTINGS, which must be its first frame. */
    boolean settingsSeen() {
        return settingsSeen;
    }

    void onPriority(int stream, byte[] payload, int length) {
        if (stream == 0) {
            connection.onFault(ErrorCode.PROTOCOL_ERROR, "PRIORITY of stream 0");
        } else if (length != 5) {
            connection.streamError(stream, ErrorCode.FRAME_SIZE_ERROR);
        } else if ((Http2Connection.integer(payload, 0) & 0x7fffffff) == stream) {
            connection.streamError(stream, ErrorCode.PROTOCOL_ERROR);
        }
    }

    void onSettings(int flags, int stream, byte[] payload, int length) {
        settingsSeen = true;
        boolean ack = (flags & Frames.ACK) != 0;
        if (stream != 0) {
            connection.onFault(ErrorCode.PROTOCOL_ERROR, "SETTINGS of a stream");
        } else if (ack ? length != 0 : length % 6 != 0) {
            connection.onFault(ErrorCode.FRAME_SIZE_ERROR, "SETTINGS of " + length + " bytes");
        } else if (!ack) {
            for (int at = 0; at < length && !connection.isDead(); at += 6) {
                onSetting((payload[at] & 255) << 8 | payload[at + 1] & 255, Http2Connection.integer(payload, at + 2));
            }
            if (!connection.isDead()) {
                // First the acknowledgement, then what the new windows let go: the peer counts in that order.
                connection.writer().settingsAck();
                connection.sendBlocked();
            }
        }
    }

    private void onSetting(int id, int value) {
        switch (id) {
            case Frames.SETTINGS_HEADER_TABLE_SIZE ->
                connection.writer().setPeerTableLimit(value < 0 ? Integer.MAX_VALUE : value);
            case Frames.SETTINGS_ENABLE_PUSH, Frames.SETTINGS_ENABLE_CONNECT_PROTOCOL -> {
                if (value != 0 && value != 1) {
                    connection.onFault(ErrorCode.PROTOCOL_ERROR, "setting " + id + " of " + value);
                }
            }
            case Frames.SETTINGS_INITIAL_WINDOW_SIZE -> connection.onInitialWindow(value);
            case Frames.SETTINGS_MAX_FRAME_SIZE -> {
                if (value < Frames.SMALLEST_MAX_FRAME_SIZE || value > Frames.LARGEST_MAX_FRAME_SIZE) {
                    connection.onFault(ErrorCode.PROTOCOL_ERROR, "maximum frame size of " + value);
                } else {
                    connection.writer().setMaxFrameSize(value);
                }
            }
            default -> {
                // Others concern one side only, or are unknown and to be ignored.
            }
        }
        connection.onPeerSetting(id, value);
    }

    void onPing(int flags, int stream, byte[] payload, int length) {
        if (stream != 0) {
            connection.onFault(ErrorCode.PROTOCOL_ERROR, "PING of a stream");
        } else if (length != 8) {
            connection.onFault(ErrorCode.FRAME_SIZE_ERROR, "PING of " + length + " bytes");
        } else if ((flags & Frames.ACK) == 0) {
            connection
                    .writer()
                    .pingAck((long) Http2Connection.integer(payload, 0) << 32
                            | Http2Connection.integer(payload, 4) & 0xffffffffL);
        }
    }

    void onGoAway(int stream, byte[] payload, int length) {
        if (stream != 0) {
            connection.onFault(ErrorCode.PROTOCOL_ERROR, "GOAWAY of a stream");
        } else if (length < 8) {
            connection.onFault(ErrorCode.FRAME_SIZE_ERROR, "GOAWAY of " + length + " bytes");
        } else {
            connection.onPeerGoAway(
                    Http2Connection.integer(payload, 0) & 0x7fffffff,
                    Http2Connection.integer(payload, 4) & 0xffffffffL);
        }
    }
}
