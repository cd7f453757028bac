package io.layar.proxy.codec.http2;

import io.layar.proxy.codec.ConnectionOutput;
import io.layar.proxy.codec.MessageReceiver;
import io.layar.proxy.codec.ResetReason;
import io.netty.buffer.ByteBuf;
import io.netty.util.collection.IntObjectHashMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What both sides of an HTTP/2 connection do: settings, flow control, streams' ends, errors. The sides differ in who opens streams
 * and what a message looks like. Thread: event loop of the connection.
 */
abstract class Http2Connection implements FrameReader.Handler {
    private final ConnectionOutput out;
    private final Http2Options options;
    private final FrameWriter writer;
    private final FrameReader reader;
    private final FloodGuard floods;
    private final ControlFrames control = new ControlFrames(this);
    private final IntObjectHashMap<Http2Stream> streams = new IntObjectHashMap<>();
    private final ArrayDeque<Http2Stream> blocked = new ArrayDeque<>(0);
    private final RecentResets recentResets = new RecentResets();

    private int sendWindow = Frames.DEFAULT_WINDOW;
    private int receiveWindow;
    private int taken;
    private int peerInitialWindow = Frames.DEFAULT_WINDOW;
    private boolean dead;

    Http2Connection(ConnectionOutput out, Http2Options options) {
        this.out = out;
        this.options = options;
        this.writer = new FrameWriter(out, options.headerTableSize());
        this.reader = new FrameReader(this, out.alloc());
        this.floods = new FloodGuard(options, writer);
        this.receiveWindow = Math.max(Frames.DEFAULT_WINDOW, options.connectionWindow());
    }

    /** A whole block of headers of {@code stream}, in {@code block[from, to)}. It must be decoded whatever becomes of the stream. */
    abstract void onHeaderBlock(int stream, byte[] block, int from, int to, boolean endStream);

    abstract HeaderBlocks headerBlocks();

    /** True when no stream of that number was ever opened. */
    abstract boolean isIdle(int stream);

    abstract void onPeerGoAway(int lastStream, long code);

    /** The stream is complete on both sides or was reset; it is not known any more. */
    abstract void onStreamGone(Http2Stream stream);

    /** The connection cannot go on: its owner closes it when what is written has left. */
    abstract void onBroken(String details);

    abstract int lastPeerStream();

    void onPeerSetting(int id, int value) {}

    final void announceWindow() {
        if (receiveWindow > Frames.DEFAULT_WINDOW) {
            writer.windowUpdate(0, receiveWindow - Frames.DEFAULT_WINDOW);
        }
    }

    final void readFrames(ByteBuf data) {
        reader.read(data);
    }

    @Override
    public final void onFrame(int type, int flags, int stream, byte[] payload, int length) {
        if (!control.settingsSeen() && type != Frames.SETTINGS) {
            onFault(ErrorCode.PROTOCOL_ERROR, "first frame is no SETTINGS");
            return;
        }
        ConnectionError flood = floods.onFrame(type, flags, length);
        if (flood != null) {
            onFault(flood.code(), flood.details());
            return;
        }
        if (headerBlocks().isOpen() && (type != Frames.CONTINUATION || stream != headerBlocks().stream())) {
            onFault(ErrorCode.PROTOCOL_ERROR, "frame inside of a header block");
            return;
        }
        switch (type) {
            case Frames.HEADERS, Frames.CONTINUATION -> headerBlocks().onFrame(type, flags, stream, payload, length);
            case Frames.PRIORITY -> control.onPriority(stream, payload, length);
            case Frames.RST_STREAM -> onReset(stream, payload, length);
            case Frames.SETTINGS -> control.onSettings(flags, stream, payload, length);
            case Frames.PUSH_PROMISE -> onFault(ErrorCode.PROTOCOL_ERROR, "PUSH_PROMISE");
            case Frames.PING -> control.onPing(flags, stream, payload, length);
            case Frames.GOAWAY -> control.onGoAway(stream, payload, length);
            case Frames.WINDOW_UPDATE -> onWindowUpdate(stream, payload, length);
            default -> {
                // An unknown type is to be ignored (RFC 9113, section 4.1).
            }
        }
    }

    private void onReset(int stream, byte[] payload, int length) {
        if (length != 4) {
            onFault(ErrorCode.FRAME_SIZE_ERROR, "RST_STREAM of " + length + " bytes");
            return;
        }
        if (stream == 0 || isIdle(stream)) {
            onFault(ErrorCode.PROTOCOL_ERROR, "RST_STREAM of an idle stream");
            return;
        }
        Http2Stream reset = streams.get(stream);
        if (reset == null) {
            return;
        }
        if (floods.onPeerReset()) {
            onFault(ErrorCode.ENHANCE_YOUR_CALM, "too many streams reset");
            return;
        }
        MessageReceiver to = reset.receiver();
        forget(reset);
        if (to != null) {
            to.onReset(ErrorCode.remoteReason(integer(payload, 0) & 0xffffffffL), "http2.remote_reset");
        }
    }

    /** The peer changed how much it takes on each stream. */
    final void onInitialWindow(int value) {
        if (value < 0) {
            onFault(ErrorCode.FLOW_CONTROL_ERROR, "initial window over 2^31-1");
            return;
        }
        int change = value - peerInitialWindow;
        peerInitialWindow = value;
        for (Http2Stream stream : openStreams()) {
            long window = (long) stream.sendWindow + change;
            if (window > Integer.MAX_VALUE) {
                onFault(ErrorCode.FLOW_CONTROL_ERROR, "window over 2^31-1");
                return;
            }
            stream.sendWindow = (int) window;
        }
    }

    private void onWindowUpdate(int id, byte[] payload, int length) {
        if (length != 4) {
            onFault(ErrorCode.FRAME_SIZE_ERROR, "WINDOW_UPDATE of " + length + " bytes");
            return;
        }
        int increment = integer(payload, 0) & 0x7fffffff;
        if (id == 0) {
            if (increment == 0) {
                onFault(ErrorCode.PROTOCOL_ERROR, "WINDOW_UPDATE of 0");
            } else if ((long) sendWindow + increment > Integer.MAX_VALUE) {
                onFault(ErrorCode.FLOW_CONTROL_ERROR, "window over 2^31-1");
            } else {
                sendWindow += increment;
                sendBlocked();
            }
            return;
        }
        Http2Stream stream = streams.get(id);
        if (stream == null) {
            if (isIdle(id)) {
                onFault(ErrorCode.PROTOCOL_ERROR, "WINDOW_UPDATE of an idle stream");
            }
        } else if (increment == 0) {
            streamError(id, ErrorCode.PROTOCOL_ERROR);
        } else if ((long) stream.sendWindow + increment > Integer.MAX_VALUE) {
            streamError(id, ErrorCode.FLOW_CONTROL_ERROR);
        } else {
            stream.sendWindow += increment;
            sendBlocked();
        }
    }

    final void sendBlocked() {
        for (int i = blocked.size(); i > 0 && sendWindow > 0; i--) {
            Http2Stream stream = blocked.poll();
            if (stream != null && !stream.dead && !stream.sendQueued()) {
                blocked.add(stream);
            }
        }
    }

    @Override
    public final boolean onDataFrame(int id, int length, boolean endStream) {
        if (!control.settingsSeen() || headerBlocks().isOpen() || id == 0 || isIdle(id)) {
            onFault(ErrorCode.PROTOCOL_ERROR, "DATA out of place");
            return false;
        }
        ConnectionError flood = floods.onFrame(Frames.DATA, endStream ? Frames.END_STREAM : 0, length);
        receiveWindow -= length;
        if (flood != null || receiveWindow < 0) {
            onFault(
                    flood != null ? flood.code() : ErrorCode.FLOW_CONTROL_ERROR,
                    flood != null ? flood.details() : "more than the connection's window");
            return false;
        }
        returnWindow(length);
        Http2Stream stream = streams.get(id);
        if (stream == null || stream.remoteEnded) {
            if (!wasResetByUs(id)) {
                streamError(id, ErrorCode.STREAM_CLOSED);
            }
            return false;
        }
        if (!stream.headersSeen) {
            malformed(stream, "DATA before HEADERS");
            return false;
        }
        if (!stream.receive(length)) {
            streamError(id, ErrorCode.FLOW_CONTROL_ERROR);
            return false;
        }
        return true;
    }

    private void returnWindow(int length) {
        taken += length;
        if (taken >= options.connectionWindow() / 2) {
            writer.windowUpdate(0, taken);
            receiveWindow += taken;
            taken = 0;
        }
    }

    @Override
    public final void onDataPayload(int id, ByteBuf data, boolean endStream) {
        Http2Stream stream = streams.get(id);
        MessageReceiver to = stream == null ? null : stream.receiver();
        if (stream == null || to == null) {
            data.release();
            return;
        }
        int length = data.readableBytes();
        if (stream.lengthLeft >= 0) {
            stream.lengthLeft -= length;
            if (stream.lengthLeft < 0 || endStream && stream.lengthLeft != 0) {
                data.release();
                malformed(stream, "body differs from content-length");
                return;
            }
        }
        stream.consume(length);
        if (endStream) {
            // First the state, then the owner: its answer may end the stream.
            stream.remoteEnded = true;
        }
        to.onData(data, endStream);
        if (endStream && !stream.dead && stream.localEnded) {
            onStreamComplete(stream);
        }
    }

    /** A message that HTTP does not allow: the end of its stream, or of the connection, as the options say. */
    final void malformed(Http2Stream stream, String details) {
        if (options.streamErrorOnInvalidMessage()) {
            streamError(stream.id, ErrorCode.PROTOCOL_ERROR);
        } else {
            onFault(ErrorCode.PROTOCOL_ERROR, details);
        }
    }

    /** Resets one stream for what the peer did; its owner, if there is one, is told. */
    final void streamError(int id, ErrorCode code) {
        Http2Stream stream = streams.get(id);
        if (floods.onStreamError()) {
            onFault(ErrorCode.ENHANCE_YOUR_CALM, "too many stream errors");
            return;
        }
        writer.reset(id, code);
        recentResets.add(id);
        if (stream != null) {
            MessageReceiver to = stream.receiver();
            forget(stream);
            if (to != null) {
                to.onReset(ResetReason.PROTOCOL_ERROR, "http2.violation.of.messaging.rule");
            }
        }
    }

    @Override
    public final void onFault(ErrorCode code, String details) {
        if (dead) {
            return;
        }
        writer.goAway(lastPeerStream(), code);
        writer.run();
        end(ResetReason.PROTOCOL_ERROR, details);
        onBroken(details);
    }

    @Override
    public final boolean isDead() {
        return dead;
    }

    /** The connection is over: every open stream's owner learns it. */
    final void end(ResetReason reason, String details) {
        if (dead) {
            return;
        }
        dead = true;
        for (Http2Stream stream : openStreams()) {
            MessageReceiver to = stream.receiver();
            forget(stream);
            if (to != null) {
                to.onReset(reason, details);
            }
        }
        writer.close();
        reader.close();
    }

    final void open(Http2Stream stream) {
        streams.put(stream.id, stream);
        floods.onStreamOpened();
    }

    final void onStreamComplete(Http2Stream stream) {
        if (!stream.dead) {
            forget(stream);
        }
    }

    final void resetStream(Http2Stream stream, ErrorCode code) {
        writer.reset(stream.id, code);
        recentResets.add(stream.id);
        forget(stream);
    }

    private void forget(Http2Stream stream) {
        stream.die();
        streams.remove(stream.id);
        onStreamGone(stream);
    }

    final boolean wasResetByUs(int id) {
        return recentResets.has(id);
    }

    final List<Http2Stream> openStreams() {
        return new ArrayList<>(streams.values());
    }

    final @org.jspecify.annotations.Nullable Http2Stream stream(int id) {
        return streams.get(id);
    }

    final int streamCount() {
        return streams.size();
    }

    final void block(Http2Stream stream) {
        if (!blocked.contains(stream)) {
            blocked.add(stream);
        }
    }

    final void outputWritability(boolean writable) {
        openStreams().forEach(stream -> stream.onOutputWritability(writable));
    }

    final boolean outputIsWritable() {
        return out.isWritable();
    }

    final FrameWriter writer() {
        return writer;
    }

    final Http2Options options() {
        return options;
    }

    final int peerInitialWindow() {
        return peerInitialWindow;
    }

    final int frameSize() {
        return writer.maxFrameSize();
    }

    final int sendWindow() {
        return sendWindow;
    }

    final void useSendWindow(int bytes) {
        sendWindow -= bytes;
    }

    static int integer(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 255) << 16 | (bytes[at + 2] & 255) << 8 | bytes[at + 3] & 255;
    }
}
