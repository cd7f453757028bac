package io.layar.proxy.codec.http1;

import io.layar.proxy.codec.ConnectionOutput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An output that remembers what was written. */
final class RecordedOutput implements ConnectionOutput {
    final StringBuilder sent = new StringBuilder();
    private final List<Runnable> flushes = new ArrayList<>();
    private final StringBuilder queued = new StringBuilder();
    boolean reading = true;

    @Override
    public ByteBufAllocator alloc() {
        return UnpooledByteBufAllocator.DEFAULT;
    }

    @Override
    public void write(ByteBuf data) {
        queued.append(data.toString(StandardCharsets.ISO_8859_1));
        data.release();
    }

    @Override
    public void flush() {
        sent.append(queued);
        queued.setLength(0);
    }

    @Override
    public void flushLater(Runnable flush) {
        flushes.add(flush);
    }

    @Override
    public void setReading(boolean on) {
        reading = on;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    /** What has been sent since the last call. */
    String takeSent() {
        List<Runnable> due = new ArrayList<>(flushes);
        flushes.clear();
        due.forEach(Runnable::run);
        String all = sent.toString();
        sent.setLength(0);
        return all;
    }
}
