package io.layar.proxy.http;

import io.layar.proxy.core.http.HeaderMap;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a filter chain: carries a message from filter to filter, holds it where a filter stops it, and lets it go on.
 *
 * <p>Order: headers, data, trailers of one message reach each filter in that order, whatever stops in between.
 * Thread: event loop of the stream.
 */
abstract class Lane {
    final HttpStream stream;
    final FilterSlot[] slots;
    private final int step;
    private final int past;

    /** The lane runs over {@code slots} by {@code step} (1: requests, -1: responses). */
    Lane(HttpStream stream, FilterSlot[] slots, int step) {
        this.stream = stream;
        this.slots = slots;
        this.step = step;
        this.past = step > 0 ? slots.length : -1;
    }

    abstract HeadersStatus headersTo(FilterSlot slot, HeaderMap headers, boolean end);

    abstract DataStatus dataTo(FilterSlot slot, ByteBuf data, boolean end);

    abstract TrailersStatus trailersTo(FilterSlot slot, HeaderMap trailers);

    abstract @Nullable Held held(FilterSlot slot);

    abstract Held hold(FilterSlot slot);

    /** False once the lane must carry nothing more: the stream is over, or the request was answered. */
    abstract boolean open();

    abstract @Nullable HeaderMap messageHeaders();

    abstract @Nullable HeaderMap messageTrailers();

    abstract void headersPast(HeaderMap headers, boolean end);

    /** Takes over {@code data}. */
    abstract void dataPast(ByteBuf data, boolean end);

    abstract void trailersPast(HeaderMap trailers);

    abstract int limit();

    /** More than the limit waits and the filter wanted all of it. */
    abstract void onTooMuch();

    abstract void pause(boolean pause);

    /** Whether the slot takes the bytes over (a terminal filter of a request). */
    abstract boolean consumes(FilterSlot slot);

    final int first() {
        return step > 0 ? 0 : slots.length - 1;
    }

    final void headers(int from, HeaderMap headers, boolean end) {
        for (int i = from; i != past; i += step) {
            FilterSlot slot = slots[i];
            HeadersStatus status = headersTo(slot, headers, end);
            if (!open()) {
                return;
            }
            if (consumes(slot)) {
                return;
            }
            if (status != HeadersStatus.CONTINUE) {
                Held held = hold(slot);
                held.headers = status;
                held.end = end;
                return;
            }
        }
        headersPast(headers, end);
    }

    /** Takes over {@code bytes}. */
    final void data(int from, ByteBuf bytes, boolean end) {
        ByteBuf data = bytes;
        for (int i = from; i != past; i += step) {
            FilterSlot slot = slots[i];
            Held held = held(slot);
            if (held != null && held.blind()) {
                held.end = end;
                keep(held, data);
                return;
            }
            slot.replacement = null;
            if (consumes(slot)) {
                dataTo(slot, data, end);
                return;
            }
            DataStatus status = dataTo(slot, data, end);
            data = slot.takeReplacement(data);
            if (!open()) {
                data.release();
                return;
            }
            held = held(slot);
            if (status != DataStatus.CONTINUE) {
                stopData(slot, status, data, end);
                return;
            }
            if (held != null && held.stopped()) {
                data = release(i, held, data, end);
                if (!open()) {
                    data.release();
                    return;
                }
            }
        }
        dataPast(data, end);
    }

    private void stopData(FilterSlot slot, DataStatus status, ByteBuf data, boolean end) {
        Held held = hold(slot);
        held.end = end;
        held.data = true;
        switch (status) {
            case STOP_AND_DROP -> data.release();
            case STOP_AND_BUFFER -> {
                held.append(data);
                if (held.size() > limit()) {
                    onTooMuch();
                }
            }
            case STOP_AND_WATERMARK -> {
                held.append(data);
                pauseWhenFull(held);
            }
            case CONTINUE -> throw new IllegalStateException("CONTINUE is no way to stop");
        }
    }

    private void keep(Held held, ByteBuf data) {
        held.append(data);
        if (held.headers == HeadersStatus.STOP_AND_WATERMARK) {
            pauseWhenFull(held);
        } else if (held.size() > limit()) {
            onTooMuch();
        }
    }

    private void pauseWhenFull(Held held) {
        if (held.size() > limit() && !held.paused) {
            held.paused = true;
            pause(true);
        }
    }

    /** The filter at {@code i} let data go on: headers that wait go first. Returns the bytes that are to go on now. */
    private ByteBuf release(int i, Held held, ByteBuf data, boolean end) {
        boolean headersWait = held.headers != null;
        held.headers = null;
        held.data = false;
        ByteBuf before = held.takeBody();
        ByteBuf all = data;
        if (before != null) {
            held.append(before);
            held.append(data);
            ByteBuf joined = held.takeBody();
            all = joined == null ? before : joined;
        }
        unpause(held);
        HeaderMap headers = messageHeaders();
        if (headersWait && headers != null) {
            headers(i + step, headers, end && !all.isReadable());
        }
        return all;
    }

    private void unpause(Held held) {
        if (held.paused) {
            held.paused = false;
            pause(false);
        }
    }

    final void trailers(int from, HeaderMap trailers) {
        for (int i = from; i != past; i += step) {
            FilterSlot slot = slots[i];
            Held held = held(slot);
            if (held != null && held.blind()) {
                held.trailersUnseen = true;
                held.end = false;
                return;
            }
            TrailersStatus status = trailersTo(slot, trailers);
            if (!open()) {
                return;
            }
            if (consumes(slot)) {
                return;
            }
            if (status == TrailersStatus.STOP) {
                Held stop = hold(slot);
                stop.trailers = true;
                stop.end = false;
                return;
            }
            held = held(slot);
            if (held != null && (held.stopped() || held.body != null)) {
                flush(i, held);
                if (!open()) {
                    return;
                }
            }
        }
        trailersPast(trailers);
    }

    /** Sends on the headers and data that wait at filter {@code i}; trailers follow. */
    private void flush(int i, Held held) {
        boolean headersWait = held.headers != null;
        held.headers = null;
        held.data = false;
        ByteBuf body = held.takeBody();
        unpause(held);
        HeaderMap headers = messageHeaders();
        if (headersWait && headers != null) {
            headers(i + step, headers, false);
        }
        if (body != null) {
            if (open()) {
                data(i + step, body, false);
            } else {
                body.release();
            }
        }
    }

    /** The filter of {@code slot} lets the message go on. */
    final void resume(FilterSlot slot) {
        Held held = held(slot);
        if (held == null || !held.stopped() || !open()) {
            return;
        }
        boolean headersWait = held.headers != null;
        boolean blind = held.blind();
        boolean trailersWait = held.trailers;
        held.headers = null;
        held.data = false;
        held.trailers = false;
        ByteBuf body = held.takeBody();
        unpause(held);
        boolean trailersFollow = trailersWait || held.trailersUnseen;
        HeaderMap headers = messageHeaders();
        if (headersWait && headers != null) {
            headers(slot.index + step, headers, held.end && body == null && !trailersFollow);
        }
        // A filter that saw nothing of the body must see it now.
        int from = blind ? slot.index : slot.index + step;
        if (body != null) {
            if (!open()) {
                body.release();
                return;
            }
            data(from, body, held.end && !trailersFollow);
        } else if (!headersWait && held.end && !trailersFollow && open()) {
            data(from, stream.nothing(), true);
        }
        HeaderMap trailers = messageTrailers();
        if (trailersFollow && trailers != null && open()) {
            boolean unseen = held.trailersUnseen;
            held.trailersUnseen = false;
            trailers(unseen ? slot.index : slot.index + step, trailers);
        }
    }

    /** Adds body bytes behind what the filter of {@code slot} has let go on. Takes over {@code data}. */
    final void inject(FilterSlot slot, ByteBuf data) {
        Held held = held(slot);
        if (held != null && held.stopped()) {
            held.append(data);
        } else {
            data(slot.index + step, data, false);
        }
    }

    final void releaseAll() {
        for (FilterSlot slot : slots) {
            Held held = held(slot);
            if (held != null) {
                held.release();
            }
        }
    }
}
