package dev.lanes.race.fault;

import dev.lanes.task.LaneName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Something that goes wrong while tasks run. */
public interface Fault {
    /** The word by which it is asked for. */
    String name();

    /** What goes wrong, in a few words. */
    String title();

    /** Why it cannot be inflicted on this machine; empty where it can. */
    default Optional<String> impossible() {
        return Optional.empty();
    }

    /** How often it strikes, each time among new tasks. */
    default int rounds() {
        return 1;
    }

    /** The part of the tasks that has ended when it strikes. */
    default double part() {
        return 1 / 3.0;
    }

    /** Prepares the folder in which the state of the Lanes will lie that is to suffer it. */
    default void prepareHome(Path home) throws IOException {}

    /** Undoes that, once nothing runs there any more. */
    default void cleanUpHome(Path home) {}

    /** Gets ready for it, before the tasks are published. */
    default void prepare(Subject subject, Set<LaneName> lanes) throws IOException {}

    /**
     * Does the harm, to the process that runs these lanes where it concerns one; returns once it is done.
     *
     * @return what ends the fault where it does not end by itself; waits as long as it is to last
     */
    Mending strike(Subject subject, Set<LaneName> lanes) throws IOException;

    /** The end of a fault. */
    interface Mending {
        /** Lanes sees to it itself. */
        Mending BY_LANES = () -> {};

        void mend() throws IOException;
    }
}
