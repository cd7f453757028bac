package io.layar.config.yaml;

import io.layar.base.Problem;
import io.layar.base.SourcePosition;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes of a file to text, or the reason why they are none. */
sealed interface SourceText {
    /** Readable text without a byte order mark. */
    record Text(String value) implements SourceText {}

    /** Bytes that are no text. */
    record Unreadable(Problem problem) implements SourceText {}

    static SourceText of(String file, byte[] bytes, YamlLimits limits) {
        var start = new SourcePosition(file, 1, 1);
        if (bytes.length > limits.fileBytes()) {
            return refused(start, "the file has more than %d bytes".formatted(limits.fileBytes()));
        }
        if (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
            return refused(start, "the file is UTF-16 (expected: UTF-8)");
        }
        int from = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var input = ByteBuffer.wrap(bytes, from, bytes.length - from);
        var output = CharBuffer.allocate(bytes.length - from);
        var result = decoder.decode(input, output, true);
        output.flip();
        if (result.isError()) {
            return refused(positionAfter(file, output), "not UTF-8 text (a binary file?)");
        }
        return controlCharacter(file, output.toString());
    }

    private static SourceText controlCharacter(String file, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed = c >= 0x20 ? c != 0x7F && c != 0xFFFE && c != 0xFFFF : c == '\t' || c == '\n' || c == '\r';
            if (!allowed) {
                return refused(
                        positionAfter(file, CharBuffer.wrap(text, 0, i)),
                        "control character U+%04X in the text (a binary file?)".formatted((int) c));
            }
        }
        return new Text(text);
    }

    private static SourcePosition positionAfter(String file, CharSequence text) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i++) {
            column++;
            if (text.charAt(i) == '\n') {
                line++;
                column = 1;
            }
        }
        return new SourcePosition(file, line, column);
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        if (bytes.length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes[i] & 0xFF) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static SourceText refused(SourcePosition at, String message) {
        return new Unreadable(Problem.error("unreadable", "", at, message));
    }
}
