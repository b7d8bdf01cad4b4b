package dev.lanes.pipeline;

/** Why this process cannot start, in one line that names the cause and the remedy. */
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1;

    private CannotStart(String line) {
        // The line says it all; where it was thrown is of no use to who reads it.
        super(line, null, false, false);
    }

    /** Says it on standard error, where the command line and people look, and makes the exception that ends the start. */
    public static CannotStart because(String line) {
        System.err.println("lanes: " + line);
        return new CannotStart(line);
    }
}
