package dev.lanes.race.fault;

/** This machine does not let us inflict the fault, as we may not, or it cannot: nobody is to blame for that. */
final class NotPossible extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotPossible(String why) {
        super(why);
    }
}
