package io.layar.proxy.codec.http2;

import org.jspecify.annotations.Nullable;

/**
 * Counts frames that cost us more than they cost the peer, and says when it is too much.
 * Source: Envoy's HTTP/2 flood mitigation (Http2ProtocolOptions) and its premature reset detection.
 */
final class FloodGuard {
    private static final int RESETS_ALLOWED = 500;

    private final Http2Options options;
    private final FrameWriter writer;
    private int emptyFrames;
    private long priorities;
    private long windowUpdates;
    private long streams;
    private long resets;

    FloodGuard(Http2Options options, FrameWriter writer) {
        this.options = options;
        this.writer = writer;
    }

    /** Null while the peer behaves. */
    @Nullable
    ConnectionError onFrame(int type, int flags, int length) {
        if (writer.waitingControlFrames() > options.maxControlFrames()) {
            return flood("too many control frames");
        }
        switch (type) {
            case Frames.DATA, Frames.HEADERS, Frames.CONTINUATION -> {
                boolean ends = (flags & Frames.END_STREAM) != 0 && type != Frames.CONTINUATION;
                emptyFrames = length == 0 && !ends ? emptyFrames + 1 : 0;
                if (emptyFrames > options.maxEmptyFrames()) {
                    return flood("too many empty frames");
                }
            }
            case Frames.PRIORITY -> {
                if (++priorities > (long) options.maxPriorityFramesPerStream() * (1 + streams)) {
                    return flood("too many PRIORITY frames");
                }
            }
            case Frames.WINDOW_UPDATE -> {
                long allowed = streams + (long) options.maxWindowUpdatesPerDataFrame() * writer.dataFramesSent();
                if (++windowUpdates > 5 + 2 * allowed) {
                    return flood("too many WINDOW_UPDATE frames");
                }
            }
            default -> {
                // Others are answered by control frames, which are counted when they are written.
            }
        }
        return null;
    }

    private static ConnectionError flood(String details) {
        return new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, details);
    }

    void onStreamOpened() {
        streams++;
    }

    /** True when the peer opens streams mainly to reset them. */
    boolean onPeerReset() {
        resets++;
        return resets > RESETS_ALLOWED && resets * 2 > streams;
    }

    /** True when the peer makes us reset its streams all the time. */
    boolean onStreamError() {
        return onPeerReset();
    }
}
