package dev.lanes.pipeline;

/** A task that cannot be taken as it stands. */
public final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    private final String field;
    private final boolean tooLarge;

    Malformed(String field, String reason) {
        this(field, reason, false);
    }

    private Malformed(String field, String reason, boolean tooLarge) {
        super(reason, null, false, false);
        this.field = field;
        this.tooLarge = tooLarge;
    }

    static Malformed tooLarge(String field, String reason) {
        return new Malformed(field, reason, true);
    }

    /** The path of the field at fault; empty when it is the whole. */
    public String field() {
        return field;
    }

    /** What is wrong with it. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** Whether it is its size alone that is at fault. */
    public boolean tooLarge() {
        return tooLarge;
    }

    /** Field and reason in one line. */
    public String line() {
        return field.isEmpty() ? reason() : field + ": " + reason();
    }
}
