package io.layar.proxy.codec.http2;

/**
 * HPACK's Huffman code. It is canonical, so the lengths say everything: codes are given out by length, then by symbol.
 * Decoding walks a table four bits at a time. Source: RFC 7541, appendix B.
 */
final class HuffmanCode {
    private static final int SYMBOLS = 257;
    private static final int EOS = 256;
    private static final int SHORTEST = 5;
    private static final int LONGEST = 30;

    /** Symbols of each length that occurs: "length: symbols and ranges". */
    private static final String[] LENGTHS = {
        "5: 48-50 97 99 101 105 111 115-116",
        "6: 32 37 45-47 51-57 61 65 95 98 100 102-104 108-110 112 114 117",
        "7: 58 66-87 89 106-107 113 118-122",
        "8: 38 42 44 59 88 90",
        "10: 33-34 40-41 63",
        "11: 39 43 124",
        "12: 35 62",
        "13: 0 36 64 91 93 126",
        "14: 94 125",
        "15: 60 96 123",
        "19: 92 195 208",
        "20: 128 130-131 162 184 194 224 226",
        "21: 153 161 167 172 176-177 179 209 216-217 227 229-230",
        "22: 129 132-134 136 146 154 156 160 163-164 169-170 173 178 181 185-187 189-190 196 198 228 232-233",
        "23: 1 135 137-141 143 147 149-152 155 157-158 165-166 168 174-175 180 182-183 188 191 197 231 239",
        "24: 9 142 144-145 148 159 171 206 215 225 236-237",
        "25: 199 207 234-235",
        "26: 192-193 200-202 205 210 213 218-219 238 240 242-243 255",
        "27: 203-204 211-212 214 221-223 241 244-248 250-254",
        "28: 2-8 11-12 14-21 23-31 127 220 249",
        "30: 10 13 22 256",
    };

    /** Table entry: bits 0-8 next node, bit 9 ends allowed here, bit 10 a symbol comes out, bits 16-23 the symbol, bit 31 failure. */
    private static final int NODE = 0x1ff;

    private static final int ACCEPTS = 0x200;
    private static final int EMITS = 0x400;
    private static final int FAILS = 0x80000000;

    private static final int[] TABLE = table();

    private HuffmanCode() {}

    private static byte[] lengths() {
        byte[] lengths = new byte[SYMBOLS];
        for (String line : LENGTHS) {
            int colon = line.indexOf(':');
            byte length = Byte.parseByte(line.substring(0, colon));
            for (String range : line.substring(colon + 2).split(" ")) {
                int dash = range.indexOf('-');
                int from = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
                int to = dash < 0 ? from : Integer.parseInt(range.substring(dash + 1));
                for (int symbol = from; symbol <= to; symbol++) {
                    lengths[symbol] = length;
                }
            }
        }
        return lengths;
    }

    /** Binary tree as two children a node: positive is a node, negative a symbol (~symbol), 0 nothing. */
    private static int[][] tree() {
        byte[] lengths = lengths();
        int[][] tree = new int[SYMBOLS][2];
        int nodes = 1;
        int code = 0;
        for (int length = SHORTEST; length <= LONGEST; length++) {
            code <<= 1;
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                if (lengths[symbol] != length) {
                    continue;
                }
                int node = 0;
                for (int bit = length - 1; bit > 0; bit--) {
                    int side = code >>> bit & 1;
                    if (tree[node][side] == 0) {
                        tree[node][side] = nodes++;
                    }
                    node = tree[node][side];
                }
                tree[node][code & 1] = ~symbol;
                code++;
            }
        }
        return tree;
    }

    private static int[] table() {
        int[][] tree = tree();
        boolean[] accepting = accepting(tree);
        int[] table = new int[tree.length << 4];
        for (int node = 0; node < tree.length; node++) {
            for (int nibble = 0; nibble < 16; nibble++) {
                table[node << 4 | nibble] = step(tree, accepting, node, nibble);
            }
        }
        return table;
    }

    /** Padding is the beginning of EOS, all ones, and shorter than a byte: only those nodes may end a text. */
    private static boolean[] accepting(int[][] tree) {
        boolean[] accepting = new boolean[tree.length];
        int node = 0;
        for (int depth = 0; depth < 8; depth++) {
            accepting[node] = true;
            node = tree[node][1];
        }
        return accepting;
    }

    private static int step(int[][] tree, boolean[] accepting, int from, int nibble) {
        int node = from;
        int out = 0;
        for (int bit = 3; bit >= 0; bit--) {
            int next = tree[node][nibble >>> bit & 1];
            if (next < 0) {
                if (~next == EOS) {
                    return FAILS;
                }
                out = EMITS | ~next << 16;
                node = 0;
            } else if (next == 0) {
                return FAILS;
            } else {
                node = next;
            }
        }
        return out | node | (accepting[node] ? ACCEPTS : 0);
    }

    /**
     * Decodes {@code length} bytes of {@code in} into {@code out}, which has room for {@code length * 8 / 5} bytes.
     * Returns the number of bytes written, or -1 for a text that is no valid code.
     */
    static int decode(byte[] in, int from, int length, byte[] out) {
        int[] table = TABLE;
        int node = 0;
        int written = 0;
        boolean accepts = true;
        for (int i = from; i < from + length; i++) {
            int b = in[i];
            int entry = table[node << 4 | b >>> 4 & 15];
            if ((entry & EMITS) != 0) {
                out[written++] = (byte) (entry >>> 16);
            }
            int second = table[(entry & NODE) << 4 | b & 15];
            if ((second & EMITS) != 0) {
                out[written++] = (byte) (second >>> 16);
            }
            if ((entry | second) < 0) {
                return -1;
            }
            node = second & NODE;
            accepts = (second & ACCEPTS) != 0;
        }
        return accepts ? written : -1;
    }
}
