package io.layar.cli;

/** Exit codes of every command. Source: the launcher's contract. */
public final class ExitCode {
    public static final int DONE = 0;
    /** The thing checked is wrong. */
    public static final int WRONG = 1;
    /** Flags that make no sense. */
    public static final int MISUSE = 2;
    /** Something needed is not on this machine. */
    public static final int UNAVAILABLE = 69;
    /** A bug of ours. */
    public static final int BUG = 70;

    private ExitCode() {}
}
