package dev.lanes.race.cost;

import java.util.List;

/** Something around the lanes that costs, beside the least that it could cost. */
interface Cost {
    String name();

    /** Why it is in the list, in a line. */
    String why();

    /** How it is measured, in a sentence or two. */
    String how();

    /**
     * Measures so many rounds, and hands every figure to the workshop as soon as it is known; it can be interrupted.
     *
     * @throws Exception when it does not come to its end; the message says why, for people
     */
    void measure(Workshop workshop, int rounds) throws Exception;

    /** What it is to reach, and whether it has. */
    List<Target> targets(Figures figures);
}
