package dev.lanes.pipeline;

import io.quarkus.runtime.configuration.ConfigurationException;

/** Why this process cannot start, in one line that names the cause and the remedy; logged without a stack trace. */
public final class CannotStart extends ConfigurationException {
    private static final long serialVersionUID = 1;

    private final String line;

    private CannotStart(String line) {
        super("lanes: " + line);
        this.line = line;
    }

    /** Makes the exception that ends the start; Quarkus prints its line, where the command line and people look. */
    public static CannotStart because(String line) {
        return new CannotStart(line);
    }

    /** The same where it is no start that fails. */
    String line() {
        return line;
    }
}
