package io.layar.proxy.codec.http2;

import io.layar.proxy.codec.MessageReceiver;
import io.layar.proxy.codec.MessageSender;
import io.layar.proxy.codec.ResetReason;
import io.layar.proxy.core.http.HeaderMap;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One stream: its two windows, what waits to be sent, and which sides have ended. Thread: event loop of the connection.
 */
abstract class Http2Stream implements MessageSender {
    final int id;
    final Http2Connection connection;

    /** How much we may still send. */
    int sendWindow;
    /** How much the peer may still send. */
    int receiveWindow;

    boolean localEnded;
    boolean remoteEnded;
    boolean dead;
    /** The final headers of the peer's message have come: a further block is its trailers. */
    boolean headersSeen;
    /** What {@code content-length} promises and has not come yet; -1 when nothing was promised. */
    long lengthLeft = -1;

    private final ArrayDeque<ByteBuf> queue = new ArrayDeque<>(0);
    private int queued;
    private boolean endQueued;
    private @Nullable HeaderMap trailersQueued;
    private boolean toldUnwritable;
    private int pauses;
    private int taken;
    private int heldBack;

    Http2Stream(int id, Http2Connection connection) {
        this.id = id;
        this.connection = connection;
        this.sendWindow = connection.peerInitialWindow();
        this.receiveWindow = connection.options().streamWindow();
    }

    /** The owner of the stream; never null once headers were handed on. */
    abstract @Nullable MessageReceiver receiver();

    abstract ErrorCode resetCode(ResetReason reason);

    @Override
    public void sendData(ByteBuf data, boolean endStream) {
        if (dead || localEnded || endQueued) {
            data.release();
            return;
        }
        if (!queue.isEmpty()) {
            enqueue(data, endStream);
            return;
        }
        write(data, endStream);
    }

    /** Writes what the windows allow and queues the rest. */
    private void write(ByteBuf data, boolean endStream) {
        int left = data.readableBytes();
        while (true) {
            int now = Math.min(Math.min(left, connection.frameSize()), Math.min(sendWindow, connection.sendWindow()));
            if (left > 0 && now <= 0) {
                enqueue(data, endStream);
                return;
            }
            left -= now;
            sendWindow -= now;
            connection.useSendWindow(now);
            if (left == 0) {
                connection.writer().data(id, data, endStream);
                if (endStream) {
                    endLocal();
                }
                return;
            }
            connection.writer().data(id, data.readRetainedSlice(now), false);
        }
    }

    private void enqueue(ByteBuf data, boolean endStream) {
        queue.add(data);
        queued += data.readableBytes();
        endQueued = endStream;
        connection.block(this);
        tellWritability();
    }

    /** Sends from the queue after a window opened; true when nothing is left in it. */
    boolean sendQueued() {
        while (!queue.isEmpty() && !dead) {
            if (sendWindow <= 0 || connection.sendWindow() <= 0) {
                return false;
            }
            ByteBuf data = queue.poll();
            int before = data.readableBytes();
            boolean last = queue.isEmpty() && endQueued;
            int now = Math.min(before, Math.min(sendWindow, connection.sendWindow()));
            queued -= now;
            if (now < before) {
                queue.addFirst(data);
                write(data.readRetainedSlice(now), false);
            } else {
                write(data, last);
            }
        }
        if (trailersQueued != null && !dead) {
            connection.writer().headers(id, trailersQueued, true);
            trailersQueued = null;
            endLocal();
        }
        tellWritability();
        return true;
    }

    private void tellWritability() {
        boolean unwritable = toldUnwritable
                ? queued > connection.options().sendBuffer() / 2
                : queued > connection.options().sendBuffer();
        MessageReceiver to = receiver();
        if (unwritable != toldUnwritable && to != null && !dead) {
            toldUnwritable = unwritable;
            to.onWritabilityChanged(!unwritable && connection.outputIsWritable());
        }
    }

    void onOutputWritability(boolean writable) {
        MessageReceiver to = receiver();
        if (to != null && !dead && !toldUnwritable) {
            to.onWritabilityChanged(writable);
        }
    }

    @Override
    public void sendTrailers(HeaderMap trailers) {
        if (dead || localEnded || endQueued) {
            return;
        }
        if (!queue.isEmpty()) {
            trailersQueued = trailers.copy();
            return;
        }
        connection.writer().headers(id, trailers, true);
        endLocal();
    }

    /** Our side is complete. */
    void endLocal() {
        localEnded = true;
        if (remoteEnded) {
            connection.onStreamComplete(this);
        }
    }

    /** The peer's side is complete. */
    void endRemote() {
        remoteEnded = true;
        if (localEnded) {
            connection.onStreamComplete(this);
        }
    }

    @Override
    public void reset(ResetReason reason) {
        if (!dead) {
            connection.resetStream(this, resetCode(reason));
        }
    }

    /** Frees what waits; no call goes in or out afterwards. */
    void die() {
        dead = true;
        for (ByteBuf data = queue.poll(); data != null; data = queue.poll()) {
            data.release();
        }
        queued = 0;
        trailersQueued = null;
    }

    /** Counts bytes that came; returns false when the peer sent more than it was allowed to. */
    boolean receive(int bytes) {
        receiveWindow -= bytes;
        return receiveWindow >= 0;
    }

    /** Bytes have been handed on: the window opens again, unless the owner holds the peer back. */
    void consume(int bytes) {
        if (pauses > 0) {
            heldBack += bytes;
            return;
        }
        taken += bytes;
        if (taken >= connection.options().streamWindow() / 2 && !remoteEnded && !dead) {
            connection.writer().windowUpdate(id, taken);
            receiveWindow += taken;
            taken = 0;
        }
    }

    @Override
    public void pauseReading(boolean pause) {
        pauses += pause ? 1 : -1;
        if (pauses == 0 && heldBack > 0) {
            int bytes = heldBack;
            heldBack = 0;
            consume(bytes);
        }
    }

    @Override
    public int unsentBytes() {
        return queued;
    }

    @Override
    public boolean isWritable() {
        return queued <= connection.options().sendBuffer() && connection.outputIsWritable();
    }
}
