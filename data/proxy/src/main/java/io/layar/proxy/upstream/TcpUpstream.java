package io.layar.proxy.upstream;

import io.layar.proxy.core.cluster.Host;
import io.layar.proxy.core.stream.Address;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/** A raw upstream connection. Thread: event loop of its worker. */
final class TcpUpstream extends UpstreamSocket implements TcpConnection {
    private final TcpHostPool.Attempt attempt;
    private @Nullable Listener listener;
    private int pauses;
    private boolean closedByUser;

    TcpUpstream(TcpHostPool.Attempt attempt, Origin origin, Host host, Address remote) {
        super(origin, host, remote);
        this.attempt = attempt;
    }

    @Override
    boolean halfClose() {
        return true;
    }

    @Override
    void onOpen() {
        attempt.onOpen(this);
    }

    @Override
    void onConnectFailure(PoolFailure failure, String text) {
        attempt.onConnectFailure(this, failure, text);
    }

    @Override
    void onGone(boolean remotely, boolean reset) {
        attempt.onGone(this, remotely);
        Listener told = listener;
        if (told != null && !closedByUser) {
            told.onClosed(reset);
        }
    }

    @Override
    void onBytes(ByteBuf data) {
        Listener told = listener;
        if (told == null || closedByUser) {
            data.release();
        } else {
            told.onData(data);
        }
    }

    @Override
    void onReadsDone() {
        if (listener != null && !closedByUser) {
            listener.onReadComplete();
        }
    }

    @Override
    void onEndOfStream() {
        if (listener != null && !closedByUser) {
            listener.onEndOfStream();
        }
    }

    @Override
    void onWritability(boolean writable) {
        if (listener != null && !closedByUser) {
            listener.onWritabilityChanged(writable);
        }
    }

    @Override
    public void listener(Listener newListener) {
        listener = newListener;
    }

    @Override
    public void write(ByteBuf data) {
        Channel channel = channel();
        channel.write(data, channel.voidPromise());
    }

    @Override
    public void flush() {
        channel().flush();
    }

    @Override
    public boolean isWritable() {
        return channel().isWritable();
    }

    @Override
    public void pauseReading(boolean pause) {
        pauses += pause ? 1 : -1;
        if (pauses == (pause ? 1 : 0)) {
            channel().config().setAutoRead(!pause);
        }
    }

    @Override
    public void shutdownOutput() {
        Channel channel = channel();
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        channel.flush();
        if (tls != null) {
            tls.closeOutbound();
        } else if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
    }

    @Override
    public void close(boolean flush) {
        closedByUser = true;
        if (flush && phase() == Phase.OPEN) {
            closeFlushed();
        } else {
            closeNow();
        }
    }

    @Override
    public void reset() {
        closedByUser = true;
        closeWithReset();
    }

    @Override
    public String protocol() {
        return "";
    }

    @Override
    public long streams() {
        return 1;
    }
}
