package io.layar.proxy.codec.http1;

/** Values of {@code :status}, shared among messages. Thread: any (immutable). */
final class StatusText {
    private static final String[] COMMON = common();

    private StatusText() {}

    static String of(int status, byte[] a, int from, int to) {
        return status < COMMON.length && to - from == 3 ? COMMON[status] : Bytes.text(a, from, to);
    }

    private static String[] common() {
        String[] texts = new String[600];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = String.valueOf(1000 + i).substring(1);
        }
        return texts;
    }
}
