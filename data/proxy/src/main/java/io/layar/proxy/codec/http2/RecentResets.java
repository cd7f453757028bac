package io.layar.proxy.codec.http2;

/** The streams that we reset last: frames of theirs may still be under way, and mean nothing. */
final class RecentResets {
    private static final int REMEMBERED = 64;

    private final int[] streams = new int[REMEMBERED];
    private int count;

    void add(int stream) {
        streams[count++ & REMEMBERED - 1] = stream;
    }

    boolean has(int stream) {
        for (int reset : streams) {
            if (reset == stream) {
                return true;
            }
        }
        return false;
    }
}
