package dev.lanes.race.experiment;

import dev.lanes.race.Trial;
import dev.lanes.task.LaneName;
import jakarta.inject.Singleton;

@Singleton
final class ThreadsInParallel implements Experiment {
    private static final int ROUNDS = 5;

    @Override
    public Claim claim() {
        return new Claim(
                "6a",
                "threads-in-parallel",
                "Threads run in parallel.",
                "Does not hold for Python code: the GIL lets one thread of an interpreter run at a time. It does in C"
                        + " code that releases the GIL, and in the free-threaded build (PEP 703).",
                "Holds: each Java thread is a thread of the operating system, which runs as many at once as it has cores.",
                "on thread tasks that compute end at least 0.7 x the cores (or threads, if fewer) times as fast as on"
                        + " sequential; on 2 cores 1.4 times",
                "How many times as fast will tasks that compute end on thread as one after another?",
                "times",
                "Threads bring computing on as far as there are cores, and no further. With one core, or one lock that all"
                        + " of them need, they take turns.");
    }

    @Override
    public Finding run(Lab lab) throws Trial.Failed {
        return SpeedUpRounds.find(lab, LaneName.THREAD, ROUNDS, SpeedUp::parallel);
    }
}
