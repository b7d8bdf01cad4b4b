package dev.lanes.race.experiment;

import dev.lanes.race.Trial;
import dev.lanes.task.LaneName;
import jakarta.inject.Singleton;

@Singleton
final class ProcessesInParallel implements Experiment {
    private static final int ROUNDS = 5;

    @Override
    public Claim claim() {
        return new Claim(
                "6b",
                "processes-in-parallel",
                "Processes run in parallel.",
                "Holds: each process has an interpreter and a GIL of its own, which is why multiprocessing is used to"
                        + " compute.",
                "Holds: the operating system spreads processes over its cores as it does threads; no runtime stands in"
                        + " between.",
                "on process tasks that compute end at least 0.7 x the cores (or processes, if fewer) times as fast as on"
                        + " sequential; on 2 cores 1.4 times",
                "How many times as fast will tasks that compute end on process as one after another?",
                "times",
                "Processes compute at once in every language, as they share nothing that they would have to wait for."
                        + " On the JVM threads do so too, so here it is no reason to take processes.");
    }

    @Override
    public Finding run(Lab lab) throws Trial.Failed {
        return SpeedUpRounds.find(lab, LaneName.PROCESS, ROUNDS, SpeedUp::parallel);
    }
}
