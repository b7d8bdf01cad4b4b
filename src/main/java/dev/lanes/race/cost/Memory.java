package dev.lanes.race.cost;

import dev.lanes.process.ChildJvm;
import dev.lanes.race.Circumstances;
import dev.lanes.race.Smaps;
import dev.lanes.task.LaneName;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

@Singleton
final class Memory implements Cost {
    private static final String RSS = "idle worker process, RSS";
    private static final String PSS = "idle worker process, PSS";
    private static final String REACTIVE = "heap a waiting task, reactive";
    private static final String VIRTUAL = "heap a waiting task, virtual";
    private static final double MEGABYTE = 1e6;
    private static final int RSS_AT_MOST = 150;
    private static final int REACTIVE_AT_MOST = 2_000;
    private static final int VIRTUAL_AT_MOST = 4_000;

    private static final int WAITING = 10_000;
    private static final int FIRST_TASKS = 500;
    private static final Duration SLEEP = Duration.ofSeconds(60);
    /** After its first task a process still does what it has put off, and gives back what the start needed. */
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(30);

    private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:+UseSerialGC");

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String why() {
        return "an idle worker process, and the heap that each of 10,000 waiting tasks takes";
    }

    @Override
    public String how() {
        return "The worker process is started with the flags of the supervisor, and looked at 30 s after its first task;"
                + " RSS counts what processes share in full, PSS a share of it; 1 MB is 1,000,000 bytes. Of a lane in a"
                + " JVM of its own the live heap is counted by jcmd after some hundred tasks, and once 10,000 wait that"
                + " were published since: the difference is divided by them.";
    }

    @Override
    public void measure(Workshop workshop, int rounds) throws Exception {
        List<Item> items = new ArrayList<>();
        if (Smaps.known()) {
            items.add(new Item(RSS, Unit.MEGABYTES, () -> idle(workshop)));
        } else {
            workshop.figures().none(RSS, Unit.MEGABYTES, "this system has no /proc/self/smaps_rollup");
        }
        LiveHeap.find()
                .ifPresentOrElse(
                        heap -> {
                            items.add(new Item(
                                    REACTIVE, Unit.BYTES, () -> aWaitingTask(workshop, heap, LaneName.REACTIVE)));
                            items.add(new Item(
                                    VIRTUAL, Unit.BYTES, () -> aWaitingTask(workshop, heap, LaneName.VIRTUAL)));
                        },
                        () -> List.of(REACTIVE, VIRTUAL)
                                .forEach(name -> workshop.figures()
                                        .none(name, Unit.BYTES, "this Java has no jcmd: run Lanes on a whole JDK")));
        workshop.rounds(rounds, items);
    }

    private static double idle(Workshop workshop) throws Exception {
        try (Track track = workshop.track()) {
            track.publish(LaneName.PROCESS, "noop", "{}", 1);
            ChildJvm worker = workshop.jvms().worker("cost-memory-process", track.settings(Map.of()));
            Circumstances.Stretch stretch = workshop.measuring();
            try (Child child = workshop.start(worker)) {
                track.awaitSuccesses(1, child);
                Thread.sleep(SETTLED_AFTER);
                stretch.end();
                Smaps smaps = Smaps.of(child.pid());
                workshop.figures().add(PSS, Unit.MEGABYTES, smaps.pssBytes() / MEGABYTE);
                return smaps.rssBytes() / MEGABYTE;
            }
        }
    }

    private static double aWaitingTask(Workshop workshop, LiveHeap heap, LaneName lane) throws Exception {
        try (Track track = workshop.track()) {
            ChildJvm jvm = workshop.jvms()
                    .part(
                            "cost-memory-" + lane,
                            lane.toString(),
                            FLAGS,
                            track.settings(Map.of("lanes.concurrency." + lane, Integer.toString(WAITING))));
            Circumstances.Stretch stretch = workshop.measuring();
            try (Child child = workshop.start(jvm)) {
                track.publish(lane, "sleep", "{\"ms\":300}", FIRST_TASKS);
                track.awaitSuccesses(FIRST_TASKS, child);
                long before = heap.bytes(child.pid());
                long published = System.nanoTime();
                track.publish(lane, "sleep", "{\"ms\":" + SLEEP.toMillis() + "}", WAITING);
                track.awaitRunning(WAITING, child);
                stretch.end();
                long after = heap.bytes(child.pid());
                if (System.nanoTime() - published > SLEEP.toNanos()) {
                    throw new IOException("the first tasks may have ended before the last were counted: this machine is"
                            + " too busy");
                }
                return (double) (after - before) / WAITING;
            }
        }
    }

    @Override
    public List<Target> targets(Figures figures) {
        return List.of(
                Target.atMost(RSS, figures.series(RSS), RSS_AT_MOST, Unit.MEGABYTES),
                Target.atMost(REACTIVE, figures.series(REACTIVE), REACTIVE_AT_MOST, Unit.BYTES),
                Target.atMost(VIRTUAL, figures.series(VIRTUAL), VIRTUAL_AT_MOST, Unit.BYTES));
    }
}
