package dev.lanes.api;

import org.jspecify.annotations.Nullable;

/** A request that is answered with a problem. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final @Nullable String field;

    Refused(int status, String detail, @Nullable String field) {
        super(detail, null, false, false);
        this.status = status;
        this.field = field;
    }

    static Refused badRequest(String field, String detail) {
        return new Refused(400, detail, field);
    }

    int status() {
        return status;
    }

    @Nullable
    String field() {
        return field;
    }
}
