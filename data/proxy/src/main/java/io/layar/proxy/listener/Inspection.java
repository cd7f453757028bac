package io.layar.proxy.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** The listener filters of one connection, one after another, on the bytes that came so far. Thread: event loop. */
final class Inspection {
    private final AcceptedConnection connection;
    private final ListenerConfig listener;
    private final boolean handOff;
    private ByteBuf bytes;
    private int index;
    private @Nullable ListenerFilter current;
    private boolean over;

    Inspection(AcceptedConnection connection, ListenerConfig listener, @Nullable ByteBuf bytes, boolean handOff) {
        this.connection = connection;
        this.listener = listener;
        this.bytes = bytes == null ? Unpooled.EMPTY_BUFFER : bytes;
        this.handOff = handOff;
    }

    void run() {
        while (!over) {
            if (index == listener.filters().size()) {
                finish();
                return;
            }
            ListenerFilter filter = current;
            ListenerFilter.Outcome outcome;
            if (filter == null) {
                filter = listener.filters().get(index).create();
                current = filter;
                outcome = filter.onAccept(connection);
            } else {
                outcome = ListenerFilter.Outcome.MORE;
            }
            if (outcome == ListenerFilter.Outcome.MORE && bytes.isReadable()) {
                outcome = filter.onBytes(connection, bytes);
            }
            switch (outcome) {
                case DONE -> {
                    index++;
                    current = null;
                }
                case MORE -> {
                    return;
                }
                case REJECT -> {
                    over = true;
                    connection.rejected("listener_filter_rejected");
                    return;
                }
            }
        }
    }

    void onBytes(ByteBuf more) {
        if (over) {
            more.release();
            return;
        }
        if (bytes.isReadable()) {
            bytes = connection
                    .channel()
                    .alloc()
                    .compositeBuffer()
                    .addFlattenedComponents(true, bytes)
                    .addFlattenedComponents(true, more);
        } else {
            bytes.release();
            bytes = more;
        }
        run();
    }

    /** The filters took too long, and the listener goes on without them. */
    void giveUp() {
        finish();
    }

    private void finish() {
        over = true;
        ByteBuf all = bytes;
        bytes = Unpooled.EMPTY_BUFFER;
        connection.inspected(all, handOff);
    }

    void release() {
        over = true;
        bytes.release();
        bytes = Unpooled.EMPTY_BUFFER;
    }
}
