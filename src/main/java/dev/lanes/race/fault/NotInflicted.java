package dev.lanes.race.fault;

/** The fault did not meet any task, so that nothing can be said about it. */
final class NotInflicted extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotInflicted(String why) {
        super(why);
    }
}
