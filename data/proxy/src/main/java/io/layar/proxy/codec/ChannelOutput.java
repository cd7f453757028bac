package io.layar.proxy.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;

/** The output of a Netty channel. Thread: its event loop. */
public final class ChannelOutput implements ConnectionOutput {
    private final Channel channel;
    private final FlushQueue flushes;

    public ChannelOutput(Channel channel, FlushQueue flushes) {
        this.channel = channel;
        this.flushes = flushes;
    }

    @Override
    public ByteBufAllocator alloc() {
        return channel.alloc();
    }

    @Override
    public void write(ByteBuf data) {
        channel.write(data, channel.voidPromise());
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public void flushLater(Runnable flush) {
        flushes.add(flush);
    }

    @Override
    public void setReading(boolean on) {
        channel.config().setAutoRead(on);
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }
}
