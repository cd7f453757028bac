package io.layar.proxy.http;

import io.layar.proxy.codec.ConnectionOutput;
import io.layar.proxy.codec.FlushQueue;
import io.layar.proxy.network.DownstreamConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;

/** The output of a downstream connection. Thread: its event loop. */
final class DownstreamOutput implements ConnectionOutput {
    private final DownstreamConnection connection;
    private final Channel channel;
    private final FlushQueue flushes;

    DownstreamOutput(DownstreamConnection connection, FlushQueue flushes) {
        this.connection = connection;
        this.channel = connection.channel();
        this.flushes = flushes;
    }

    @Override
    public ByteBufAllocator alloc() {
        return channel.alloc();
    }

    @Override
    public void write(ByteBuf data) {
        connection.write(data);
    }

    @Override
    public void flush() {
        connection.flush();
    }

    @Override
    public void flushLater(Runnable flush) {
        flushes.add(flush);
    }

    @Override
    public void setReading(boolean on) {
        connection.pauseReading(!on);
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }
}
