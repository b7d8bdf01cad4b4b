package dev.lanes.race.experiment;

import dev.lanes.race.Trial;
import dev.lanes.task.LaneName;
import jakarta.inject.Singleton;

@Singleton
final class AsyncInParallel implements Experiment {
    private static final int ROUNDS = 3;

    @Override
    public Claim claim() {
        return new Claim(
                "6c",
                "async-in-parallel",
                "Async does not run in parallel.",
                "Holds: asyncio runs all coroutines on the one thread of its event loop.",
                "Holds for one event loop, as the lane reactive has. A server with several loops, as Quarkus is by"
                        + " default, computes on as many cores as it has loops.",
                "on reactive tasks that compute end at most 1.15 times as fast as on sequential",
                "How many times as fast will tasks that compute end on reactive as one after another?",
                "times",
                "An event loop takes up another task when one waits; one that computes does not wait, so the others do."
                        + " Hand computing to threads or processes.");
    }

    @Override
    public Finding run(Lab lab) throws Trial.Failed {
        return SpeedUpRounds.find(lab, LaneName.REACTIVE, ROUNDS, SpeedUp::inTurns);
    }
}
