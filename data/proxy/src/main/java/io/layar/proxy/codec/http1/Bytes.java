package io.layar.proxy.codec.http1;

import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Arrays of one thread that heads are parsed from and written in, and the classes of octets. */
final class Bytes {
    private static final int INITIAL = 8192;

    private static final FastThreadLocal<Bytes> OF_THREAD = new FastThreadLocal<>() {
        @Override
        protected Bytes initialValue() {
            return new Bytes();
        }
    };

    /** Lower case of an octet that a header name may have, 0 for all others. */
    static final byte[] NAME = nameOctets();

    /** Whether a header value may have the octet; line ends are not among them. */
    static final boolean[] VALUE = valueOctets();

    private byte[] in = new byte[INITIAL];
    private byte[] out = new byte[INITIAL];
    private final String[] names = new String[256];

    private Bytes() {}

    static Bytes ofThread() {
        return OF_THREAD.get();
    }

    /** An array to parse from, at least {@code length} long; its content is lost. */
    byte[] in(int length) {
        if (in.length < length) {
            in = new byte[Math.max(length, in.length * 2)];
        }
        return in;
    }

    /** An array to write in. */
    byte[] out() {
        return out;
    }

    /** The same with its content, at least {@code length} long. */
    byte[] growOut(int length) {
        if (out.length < length) {
            out = Arrays.copyOf(out, Math.max(length, out.length * 2));
        }
        return out;
    }

    /** A name that is none of {@link NameTable}: names seen lately are shared. */
    String name(byte[] a, int from, int to, int hash) {
        int at = (hash ^ hash >>> 8) & 255;
        String known = names[at];
        if (known != null && equal(known, a, from, to)) {
            return known;
        }
        String name = new String(a, from, to - from, StandardCharsets.ISO_8859_1);
        names[at] = name;
        return name;
    }

    static boolean equal(String text, byte[] a, int from, int to) {
        int length = to - from;
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != (a[from + i] & 255)) {
                return false;
            }
        }
        return true;
    }

    static String text(byte[] a, int from, int to) {
        return new String(a, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static byte[] nameOctets() {
        byte[] table = new byte[256];
        for (int c = '!'; c < 0x7f; c++) {
            table[c] = (byte) Character.toLowerCase(c);
        }
        for (char c : "\"(),/:;<=>?@[\\]{}".toCharArray()) {
            table[c] = 0;
        }
        return table;
    }

    private static boolean[] valueOctets() {
        boolean[] table = new boolean[256];
        Arrays.fill(table, ' ', 256, true);
        table['\t'] = true;
        table[0x7f] = false;
        return table;
    }
}
