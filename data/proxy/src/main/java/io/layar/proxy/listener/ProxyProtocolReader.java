package io.layar.proxy.listener;

import io.layar.proxy.core.stream.Address;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/** Reads and consumes a PROXY protocol header, version 1 or 2: it tells who the client is and where it wanted to go. Thread: event loop. */
final class ProxyProtocolReader implements ListenerFilter {
    private static final byte[] V2 = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};
    private static final byte[] V1 = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_V1 = 108;

    private final boolean optional;

    ProxyProtocolReader(boolean optional) {
        this.optional = optional;
    }

    @Override
    public Outcome onBytes(AcceptedConnection connection, ByteBuf bytes) {
        int v2 = common(bytes, V2);
        int v1 = common(bytes, V1);
        if (v2 == V2.length) {
            return version2(connection, bytes);
        }
        if (v1 == V1.length) {
            return version1(connection, bytes);
        }
        if (v2 == bytes.readableBytes() || v1 == bytes.readableBytes()) {
            return Outcome.MORE;
        }
        return optional ? Outcome.DONE : Outcome.REJECT;
    }

    private static int common(ByteBuf bytes, byte[] signature) {
        int same = 0;
        while (same < Math.min(bytes.readableBytes(), signature.length)
                && bytes.getByte(bytes.readerIndex() + same) == signature[same]) {
            same++;
        }
        return same;
    }

    private Outcome version1(AcceptedConnection connection, ByteBuf bytes) {
        int start = bytes.readerIndex();
        int end = bytes.indexOf(start, start + Math.min(bytes.readableBytes(), MAX_V1), (byte) '\n');
        if (end < 0) {
            return bytes.readableBytes() >= MAX_V1 ? Outcome.REJECT : Outcome.MORE;
        }
        String line = bytes.toString(start, end - start, StandardCharsets.US_ASCII);
        bytes.readerIndex(end + 1);
        if (!line.endsWith("\r")) {
            return Outcome.REJECT;
        }
        String[] words = line.substring(0, line.length() - 1).split(" ", -1);
        if (words.length >= 2 && words[1].equals("UNKNOWN")) {
            return Outcome.DONE;
        }
        boolean known = words.length == 6 && (words[1].equals("TCP4") || words[1].equals("TCP6"));
        return known && addresses(connection, words) ? Outcome.DONE : Outcome.REJECT;
    }

    private static boolean addresses(AcceptedConnection connection, String[] words) {
        try {
            InetAddress source = InetAddress.ofLiteral(words[2]);
            InetAddress destination = InetAddress.ofLiteral(words[3]);
            int length = words[1].equals("TCP4") ? 4 : 16;
            int sourcePort = Integer.parseInt(words[4]);
            int destinationPort = Integer.parseInt(words[5]);
            boolean fits = source.getAddress().length == length && destination.getAddress().length == length;
            if (!fits || sourcePort > 65535 || destinationPort > 65535 || sourcePort < 0 || destinationPort < 0) {
                return false;
            }
            set(
                    connection,
                    new InetSocketAddress(source, sourcePort),
                    new InetSocketAddress(destination, destinationPort));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Outcome version2(AcceptedConnection connection, ByteBuf bytes) {
        int start = bytes.readerIndex();
        if (bytes.readableBytes() < 16) {
            return Outcome.MORE;
        }
        int command = bytes.getByte(start + 12);
        int family = bytes.getByte(start + 13);
        int length = bytes.getUnsignedShort(start + 14);
        if ((command & 0xf0) != 0x20 || (command & 0x0f) > 1) {
            return Outcome.REJECT;
        }
        if (bytes.readableBytes() < 16 + length) {
            return Outcome.MORE;
        }
        boolean local = (command & 0x0f) == 0;
        int size = family == 0x11 ? 4 : family == 0x21 ? 16 : 0;
        if (!local && (size == 0 || length < 2 * size + 4)) {
            return Outcome.REJECT;
        }
        if (!local) {
            int at = start + 16;
            set(
                    connection,
                    address(bytes, at, size, at + 2 * size),
                    address(bytes, at + size, size, at + 2 * size + 2));
        }
        bytes.skipBytes(16 + length);
        return Outcome.DONE;
    }

    private static InetSocketAddress address(ByteBuf bytes, int at, int size, int portAt) {
        byte[] ip = new byte[size];
        bytes.getBytes(at, ip);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ip), bytes.getUnsignedShort(portAt));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void set(AcceptedConnection connection, InetSocketAddress remote, InetSocketAddress local) {
        connection.info().remote(Address.of(remote));
        connection.info().local(Address.of(local));
    }
}
