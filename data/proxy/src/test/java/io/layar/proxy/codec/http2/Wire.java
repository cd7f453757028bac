package io.layar.proxy.codec.http2;

import io.layar.proxy.codec.ConnectionOutput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayDeque;

/** An output whose bytes a test takes and gives to the other side. */
final class Wire implements ConnectionOutput {
    private final ArrayDeque<ByteBuf> written = new ArrayDeque<>();
    private final ArrayDeque<Runnable> flushes = new ArrayDeque<>();
    boolean writable = true;

    @Override
    public ByteBufAllocator alloc() {
        return UnpooledByteBufAllocator.DEFAULT;
    }

    @Override
    public void write(ByteBuf data) {
        written.add(data);
    }

    @Override
    public void flush() {}

    @Override
    public void flushLater(Runnable flush) {
        flushes.add(flush);
    }

    @Override
    public void setReading(boolean on) {}

    @Override
    public boolean isWritable() {
        return writable;
    }

    /** All that was written since the last call. */
    ByteBuf take() {
        while (!flushes.isEmpty()) {
            flushes.poll().run();
        }
        ByteBuf all = Unpooled.buffer();
        while (!written.isEmpty()) {
            ByteBuf next = written.poll();
            all.writeBytes(next);
            next.release();
        }
        return all;
    }
}
