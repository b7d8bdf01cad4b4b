package dev.lanes.handler;

/** A payload that its handler cannot take. */
public final class PayloadProblem extends Exception {
    private static final long serialVersionUID = 1;

    private final String field;

    public PayloadProblem(String field, String reason) {
        super(reason);
        this.field = field;
    }

    /** The path of the field at fault, as in {@code payload.ms}. */
    public String field() {
        return field;
    }

    /** What is wrong with it. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
