package dev.lanes.race.experiment;

import java.util.Arrays;

/** Times what is done again and again. */
final class Stopwatch {
    private Stopwatch() {}

    /** What is timed. */
    interface Step {
        void run() throws Exception;
    }

    /**
     * Nanoseconds that a step takes: the median of so many rounds, after as many to warm up.
     *
     * @param batch steps a round: many where one is too short for the clock
     */
    static double medianNanos(int rounds, int batch, Step step) throws Exception {
        double[] nanos = new double[rounds];
        for (int round = -rounds; round < rounds; round++) {
            long start = System.nanoTime();
            for (int done = 0; done < batch; done++) {
                step.run();
            }
            double each = (System.nanoTime() - start) / (double) batch;
            if (round >= 0) {
                nanos[round] = each;
            }
        }
        return median(nanos);
    }

    /** The one in the middle; of an even number the mean of the two in the middle. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
