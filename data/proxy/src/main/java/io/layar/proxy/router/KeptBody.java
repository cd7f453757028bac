package io.layar.proxy.router;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** A request's body, kept for another attempt. Holds slices, no copies. Thread: event loop of the stream. */
final class KeptBody {
    private final long limit;
    private final List<ByteBuf> parts = new ArrayList<>(4);
    private long size;

    KeptBody(long limit) {
        this.limit = limit;
    }

    /** Keeps {@code data} (which stays the caller's); false when the limit is exceeded, and then nothing is kept. */
    boolean add(ByteBuf data) {
        size += data.readableBytes();
        if (size > limit) {
            return false;
        }
        parts.add(data.retainedSlice());
        return true;
    }

    /** All of it, for one more attempt; the caller owns what it gets. */
    ByteBuf copy() {
        ByteBuf[] all = new ByteBuf[parts.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = parts.get(i).retainedDuplicate();
        }
        return Unpooled.wrappedBuffer(all);
    }

    void release() {
        parts.forEach(ByteBuf::release);
        parts.clear();
    }
}
