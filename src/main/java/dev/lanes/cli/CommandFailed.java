package dev.lanes.cli;

/** A command cannot do what it was asked: its message is the one line that the user sees, with cause and remedy. */
class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    static final int FAILURE = 1;
    static final int USAGE = 2;

    private final int exitStatus;

    CommandFailed(String message) {
        this(message, FAILURE);
    }

    CommandFailed(String message, Throwable cause) {
        super(message, cause);
        exitStatus = FAILURE;
    }

    private CommandFailed(String message, int exitStatus) {
        super(message);
        this.exitStatus = exitStatus;
    }

    /** The user asked for something that cannot be: exit status 2, as for options that do not exist. */
    static CommandFailed usage(String message) {
        return new CommandFailed(message, USAGE);
    }

    int exitStatus() {
        return exitStatus;
    }
}
