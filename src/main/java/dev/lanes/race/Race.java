package dev.lanes.race;

import java.io.IOException;
import java.util.Map;

/** A race that is run; ended by {@link #close}, whatever has come of it. */
interface Race extends AutoCloseable {
    /** Hears how far it is. */
    interface Listener {
        void step(String what);

        /** How many tasks of this round each lane has done. */
        void done(Map<String, Integer> done);
    }

    /**
     * Runs it to its end; it can be interrupted.
     *
     * @throws IOException when a JVM cannot be started
     */
    void run(Listener listener) throws IOException, InterruptedException;

    /** What has been measured so far. */
    Scores scores();

    @Override
    void close();
}
