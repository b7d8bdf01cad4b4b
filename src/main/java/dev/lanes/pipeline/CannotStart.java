package dev.lanes.pipeline;

import io.quarkus.runtime.PreventFurtherStepsException;

/** Why this process cannot start, in one line that names the cause and the remedy. */
public final class CannotStart {
    private CannotStart() {}

    /** An exception that ends the start with that line, without a stack trace, and with status 1. */
    public static PreventFurtherStepsException because(String line) {
        return new PreventFurtherStepsException("lanes: " + line, 1);
    }
}
