package dev.lanes.race.cost;

/** One thing that is measured in every round. */
record Item(String name, Unit unit, Measurement measurement) {
    /** One measurement of it. */
    interface Measurement {
        /**
         * Measures.
         *
         * @throws Undelivered when not everything has arrived
         * @throws Exception when it does not come to its end; the message says why, for people
         */
        double take() throws Exception;
    }

    /** Not everything has arrived; the message says what has not. */
    static final class Undelivered extends Exception {
        private static final long serialVersionUID = 1;

        Undelivered(String message) {
            super(message);
        }
    }
}
