package dev.lanes.cli;

/** Lanes answered with a problem. */
final class RefusedRequest extends CommandFailed {
    private static final long serialVersionUID = 1;

    private final int httpStatus;

    RefusedRequest(int httpStatus, String message) {
        super(message);
        this.httpStatus = httpStatus;
    }

    int httpStatus() {
        return httpStatus;
    }
}
