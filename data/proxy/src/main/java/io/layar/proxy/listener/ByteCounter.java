package io.layar.proxy.listener;

import io.layar.proxy.core.stream.StreamInfo;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** Counts a session's bytes above TLS, for the access log of its listener. Thread: event loop. */
final class ByteCounter extends ChannelDuplexHandler {
    private final StreamInfo session;

    ByteCounter(StreamInfo session) {
        this.session = session;
    }

    void received(int bytes) {
        session.addBytesReceived(bytes);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            received(bytes.readableBytes());
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            session.addBytesSent(bytes.readableBytes());
        }
        context.write(message, promise);
    }
}
