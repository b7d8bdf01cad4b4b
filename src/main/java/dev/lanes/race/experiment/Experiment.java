package dev.lanes.race.experiment;

/** A small measured proof, or refutation, of one claim, here and now. */
interface Experiment {
    /** What is to be proved. */
    Claim claim();

    /**
     * Measures.
     *
     * @throws Exception when it does not come to its end; the message says why, for people
     */
    Finding run(Lab lab) throws Exception;
}
