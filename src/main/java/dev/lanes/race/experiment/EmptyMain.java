package dev.lanes.race.experiment;

/** Does nothing: what it takes is what a JVM takes. */
public final class EmptyMain {
    private EmptyMain() {}

    /** Returns at once. */
    public static void main(String[] args) {}
}
