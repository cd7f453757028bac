package io.layar.proxy.codec.http2;

/** Numbers of the frame layer. Source: RFC 9113, sections 4, 6 and 11. */
final class Frames {
    static final int HEADER_SIZE = 9;
    static final int SMALLEST_MAX_FRAME_SIZE = 16_384;
    static final int LARGEST_MAX_FRAME_SIZE = 0xffffff;
    static final int DEFAULT_WINDOW = 65_535;

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 0x1;
    static final int ACK = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;
    static final int PRIORITY_FLAG = 0x20;

    static final int SETTINGS_HEADER_TABLE_SIZE = 1;
    static final int SETTINGS_ENABLE_PUSH = 2;
    static final int SETTINGS_MAX_CONCURRENT_STREAMS = 3;
    static final int SETTINGS_INITIAL_WINDOW_SIZE = 4;
    static final int SETTINGS_MAX_FRAME_SIZE = 5;
    static final int SETTINGS_ENABLE_CONNECT_PROTOCOL = 8;

    private Frames() {}
}
