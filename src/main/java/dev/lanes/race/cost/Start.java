package dev.lanes.race.cost;

import dev.lanes.pipeline.OutcomeRecord;
import dev.lanes.process.ChildJvm;
import dev.lanes.race.Circumstances;
import dev.lanes.race.Trial;
import dev.lanes.task.LaneName;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

@Singleton
final class Start implements Cost {
    private static final String WITH = "with the class data archive";
    private static final String WITHOUT = "without it";
    private static final double AT_MOST = 0.70;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String why() {
        return "a worker process from its start to the end of its first task, with and without the class data archive";
    }

    @Override
    public String how() {
        return "A no-op task lies in the queue when a worker process is started on it, with the flags of the supervisor;"
                + " the time runs from just before the start to the end of that task. Without the archive the JVM still"
                + " has the one that the JDK brings along.";
    }

    @Override
    public void measure(Workshop workshop, int rounds) throws Exception {
        try (Track track = workshop.track()) {
            ChildJvm worker = workshop.jvms().worker("cost-start", track.settings(Map.of()));
            Item without = item(WITHOUT, workshop, track, worker.withoutArchive());
            if (!worker.program().archived()) {
                workshop.figures().none(WITH, Unit.MILLISECONDS, "there is no class data archive: run ./lanes archive");
                workshop.rounds(rounds, workshop.warmUp(List.of(without)));
                return;
            }
            workshop.rounds(rounds, workshop.warmUp(List.of(item(WITH, workshop, track, worker), without)));
        }
    }

    private static Item item(String name, Workshop workshop, Track track, ChildJvm worker) {
        return new Item(name, Unit.MILLISECONDS, () -> untilFirstEnd(workshop, track, worker));
    }

    private static double untilFirstEnd(Workshop workshop, Track track, ChildJvm worker) throws Exception {
        track.publish(LaneName.PROCESS, "noop", "{}", 1);
        Circumstances.Stretch stretch = workshop.measuring();
        Instant start = Instant.now();
        try (Child child = workshop.start(worker)) {
            OutcomeRecord end = track.awaitSuccesses(1, child);
            stretch.end();
            // What it has not acknowledged would be the first task of the next one.
            track.course().awaitAcknowledged(LaneName.PROCESS);
            child.stop();
            return Duration.between(start, Trial.finishedAt(end.attempt())).toNanos() / 1e6;
        }
    }

    @Override
    public List<Target> targets(Figures figures) {
        return List.of(
                Target.ratioAtMost(WITH + ", over without", figures.series(WITH), figures.series(WITHOUT), AT_MOST));
    }
}
