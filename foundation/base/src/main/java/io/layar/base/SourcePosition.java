package io.layar.base;

/**
 * A place in a text file.
 *
 * <p>Units: lines and columns count from 1; columns count characters, not bytes.
 */
public record SourcePosition(String file, int line, int column) {
    /** The position of values that no file holds, such as built-in defaults. */
    public static final SourcePosition NOWHERE = new SourcePosition("", 0, 0);

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
