package dev.lanes.race.experiment;

/**
 * How much more many get done than one in the same time. Of each it takes the best round: what else runs on the machine
 * can only take away from one.
 */
final class BestOfRounds {
    private long one;
    private long many;

    /** A round, in which one got {@code alone} units done, and many {@code together}. */
    void add(long alone, long together) {
        one = Math.max(one, alone);
        many = Math.max(many, together);
    }

    /** The speed-up: 1 when many get as much done as one; 0 before one has done anything. */
    double value() {
        return one == 0 ? 0 : (double) many / one;
    }
}
