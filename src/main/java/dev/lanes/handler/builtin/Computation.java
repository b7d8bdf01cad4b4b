package dev.lanes.handler.builtin;

import dev.lanes.handler.TaskContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Computes: SHA-256 over and over, each round over the digest of the one before. */
final class Computation {
    private static final int BLOCK_BYTES = 1024;
    private static final int ROUNDS_BETWEEN_LOOKS = 1024;

    private Computation() {}

    /**
     * Digests 1 KiB {@code rounds} times.
     *
     * @throws IllegalStateException when the attempt was cancelled meanwhile
     */
    static byte[] digest(long rounds, TaskContext context) {
        MessageDigest sha256 = sha256();
        byte[] block = new byte[BLOCK_BYTES];
        byte[] digest = new byte[32];
        for (long round = 0; round < rounds; round++) {
            digest = sha256.digest(block);
            System.arraycopy(digest, 0, block, 0, digest.length);
            if (round % ROUNDS_BETWEEN_LOOKS == ROUNDS_BETWEEN_LOOKS - 1 && context.cancelled()) {
                throw new IllegalStateException("stopped, as the attempt was cancelled or its time is up");
            }
        }
        return digest;
    }

    /** Computes for about so many microseconds of CPU time; the same work each time, whoever else is computing. */
    static void micros(int micros, TaskContext context) {
        digest(Math.round(micros * Calibration.ROUNDS_PER_MICRO), context);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** How fast this machine computes, measured once a process, at the first use. */
    private static final class Calibration {
        static final double ROUNDS_PER_MICRO = measure();

        private static double measure() {
            MessageDigest sha256 = sha256();
            byte[] block = new byte[BLOCK_BYTES];
            double best = 0;
            for (int repeat = 0; repeat < 20; repeat++) {
                long start = System.nanoTime();
                for (int round = 0; round < 2000; round++) {
                    sha256.digest(block);
                }
                best = Math.max(best, 2000_000.0 / (System.nanoTime() - start));
            }
            return best;
        }
    }
}
