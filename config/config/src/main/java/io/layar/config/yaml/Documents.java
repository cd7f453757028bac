package io.layar.config.yaml;

import com.google.common.collect.ImmutableList;

/**
 * Cuts a stream of YAML documents at its {@code ---} lines, so that a broken document does not take the others with it.
 *
 * <p>Shape: each document keeps its {@code ---} line and everything after it; directives stay with the document that
 * follows them. Units: {@code firstLine} counts from zero.
 */
final class Documents {
    private Documents() {}

    /** The text of a document and the line of the file that it begins on. */
    record Document(String text, int firstLine) {}

    static ImmutableList<Document> split(String text) {
        var documents = ImmutableList.<Document>builder();
        int start = 0;
        int startLine = 0;
        boolean onlyDirectives = true;
        int line = 0;
        for (int at = 0; at < text.length(); line++) {
            int end = text.indexOf('\n', at);
            int next = end < 0 ? text.length() : end + 1;
            if (isSeparator(text, at, next)) {
                if (!onlyDirectives) {
                    documents.add(new Document(text.substring(start, at), startLine));
                    start = at;
                    startLine = line;
                }
                onlyDirectives = false;
            } else if (onlyDirectives && !isDirectiveOrEmpty(text, at, next)) {
                onlyDirectives = false;
            }
            at = next;
        }
        if (start < text.length()) {
            documents.add(new Document(text.substring(start), startLine));
        }
        return documents.build();
    }

    private static boolean isSeparator(String text, int at, int next) {
        return text.startsWith("---", at) && (at + 3 >= next || Character.isWhitespace(text.charAt(at + 3)));
    }

    private static boolean isDirectiveOrEmpty(String text, int at, int next) {
        for (int i = at; i < next; i++) {
            char c = text.charAt(i);
            if (c == '#' || (c == '%' && i == at)) {
                return true;
            }
            if (!Character.isWhitespace(c)) {
                return false;
            }
        }
        return true;
    }
}
