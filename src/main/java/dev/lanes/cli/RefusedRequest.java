package dev.lanes.cli;

import java.util.Map;

/** Lanes answered with a problem. */
final class RefusedRequest extends CommandFailed {
    private static final long serialVersionUID = 1;

    private final int httpStatus;
    private final String field;
    private final String detail;

    /**
     * @param field of the request that is at fault; empty where it is none
     */
    RefusedRequest(int httpStatus, String field, String detail) {
        super(detail + (field.isEmpty() ? "" : " (field " + field + ")"));
        this.httpStatus = httpStatus;
        this.field = field;
        this.detail = detail;
    }

    int httpStatus() {
        return httpStatus;
    }

    /**
     * The same, naming the option that the user gave rather than the field that it went to.
     *
     * @param options by field
     */
    CommandFailed naming(Map<String, String> options) {
        String[] path = field.split("\\.", 2);
        String option = options.get(path[0]);
        return option == null
                ? this
                : new CommandFailed(option + (path.length > 1 ? " " + path[1] : "") + " " + detail, this);
    }
}
