package dev.lanes.pipeline;

/** A task that cannot be taken as it stands. */
public final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    private final String field;
    private final Kind kind;

    /** What is the matter with it. */
    public enum Kind {
        /** It is wrong in itself. */
        WRONG,
        /** Its size alone is at fault. */
        TOO_LARGE,
        /** Another lane would take it. */
        NOT_ON_THIS_LANE
    }

    Malformed(String field, String reason) {
        this(field, reason, Kind.WRONG);
    }

    private Malformed(String field, String reason, Kind kind) {
        super(reason, null, false, false);
        this.field = field;
        this.kind = kind;
    }

    static Malformed tooLarge(String field, String reason) {
        return new Malformed(field, reason, Kind.TOO_LARGE);
    }

    static Malformed notOnThisLane(String field, String reason) {
        return new Malformed(field, reason, Kind.NOT_ON_THIS_LANE);
    }

    /** The path of the field at fault; empty when it is the whole. */
    public String field() {
        return field;
    }

    /** What is wrong with it. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** What is the matter. */
    public Kind kind() {
        return kind;
    }

    /** Field and reason in one line. */
    public String line() {
        return field.isEmpty() ? reason() : field + ": " + reason();
    }
}
