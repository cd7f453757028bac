package io.layar.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Frames that cost a server more than they cost who sends them. Each is sent again and again, and no answer is read. */
enum Http2Flood {
    RAPID_RESET,
    SETTINGS,
    PING,
    CONTINUATION,
    EMPTY_DATA,
    PRIORITY,
    WINDOW_UPDATE;

    private static final byte[] REQUEST = {(byte) 0x82, (byte) 0x86, (byte) 0x84, 0x41, 1, 'a'};
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK = 64 * 1024;
    private static final int SMALL_WINDOW = 4096;

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    /** Sends until the server ends the connection; false when it has not after {@code mostBytes} or in {@code patience}. */
    boolean runUntilEnded(int port, long mostBytes, Duration patience) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_WINDOW);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.configureBlocking(false);
            long deadline = System.nanoTime() + patience.toNanos();
            ByteBuffer bytes = ByteBuffer.wrap(opening());
            int stream = 3;
            for (long sent = 0; sent < mostBytes && System.nanoTime() < deadline; ) {
                int written = write(channel, bytes);
                if (written < 0) {
                    return true;
                }
                sent += written;
                if (!bytes.hasRemaining()) {
                    ByteArrayOutputStream more = new ByteArrayOutputStream();
                    while (more.size() < CHUNK) {
                        frames(more, stream);
                        stream += 2;
                    }
                    bytes = ByteBuffer.wrap(more.toByteArray());
                } else if (written == 0) {
                    LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
                }
            }
            return endsSoon(channel, deadline);
        }
    }

    private static boolean endsSoon(SocketChannel channel, long deadline) {
        ByteBuffer answer = ByteBuffer.allocate(CHUNK);
        while (System.nanoTime() < deadline) {
            try {
                if (channel.read(answer.clear()) < 0) {
                    return true;
                }
            } catch (IOException reset) {
                return true;
            }
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
        return false;
    }

    /** Bytes written, or -1 when the server has ended the connection. */
    private static int write(SocketChannel channel, ByteBuffer bytes) {
        try {
            return channel.write(bytes);
        } catch (IOException ended) {
            return -1;
        }
    }

    private byte[] opening() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PREFACE);
        frame(out, 4, 0, 0);
        if (this == CONTINUATION) {
            frame(out, HEADERS, 0, 1, REQUEST);
        } else if (this == EMPTY_DATA) {
            frame(out, HEADERS, END_HEADERS, 1, REQUEST);
        }
        return out.toByteArray();
    }

    private void frames(ByteArrayOutputStream out, int stream) {
        switch (this) {
            case RAPID_RESET -> {
                frame(out, HEADERS, END_HEADERS | END_STREAM, stream, REQUEST);
                frame(out, 3, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 8);
            }
            case SETTINGS -> frame(out, 4, 0, 0);
            case PING -> frame(out, 6, 0, 0, new byte[8]);
            case CONTINUATION -> frame(out, 9, 0, 1, (byte) 0x40, (byte) 1, (byte) 'x', (byte) 1, (byte) 'y');
            case EMPTY_DATA -> frame(out, DATA, 0, 1);
            case PRIORITY -> frame(out, 2, 0, 1, new byte[5]);
            case WINDOW_UPDATE -> frame(out, 8, 0, 0, (byte) 0, (byte) 0, (byte) 0, (byte) 1);
        }
    }

    private static void frame(ByteArrayOutputStream out, int type, int flags, int stream, byte... payload) {
        ByteBuffer head = ByteBuffer.allocate(9);
        head.put((byte) 0)
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream);
        out.writeBytes(head.array());
        out.writeBytes(payload);
    }
}
