package dev.lanes.race;

import dev.lanes.pipeline.Course;
import dev.lanes.pipeline.Topics;
import dev.lanes.process.ChildJvm;
import dev.lanes.process.LaneJvms;
import dev.lanes.task.LaneName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One race, in turn: each lane, and the bare client, has JVMs of its own with the same flags on a course apart, and one
 * at a time has the machine. All warm up first; then their rounds are interleaved, so that what else the machine does
 * meets all of them alike.
 */
final class Race implements AutoCloseable {
    private static final Duration WARM_UP_PATIENCE = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int WARM_UPS = 3;
    private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:+UseG1GC");
    /** About what an outcome takes: the bare client sends as much. */
    private static final int RESULT_BYTES = 350;

    private final RaceRequest request;
    private final Course.Ground ground;
    private final LaneJvms jvms;
    private final String prefix;
    private final Consumer<String> progress;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Map<String, List<Round>> rounds = new LinkedHashMap<>();
    private final Map<String, Contestant> contestants = new LinkedHashMap<>();
    private final Map<String, Long> rss = new LinkedHashMap<>();
    private final Map<String, Long> threads = new LinkedHashMap<>();
    private @Nullable Contestant bare;

    Race(RaceRequest request, Course.Ground ground, LaneJvms jvms, String prefix, Consumer<String> progress) {
        this.request = request;
        this.ground = ground;
        this.jvms = jvms;
        this.prefix = prefix;
        this.progress = progress;
    }

    /** Runs it to its end. */
    void run() throws IOException {
        start();
        List<String> names = new ArrayList<>(contestants.keySet());
        for (int round = 0; round < WARM_UPS; round++) {
            for (String name : names) {
                progress.accept("warming up " + name + ", " + (round + 1) + " of " + WARM_UPS);
                turn(name, Math.max(1, request.count() / 4), WARM_UP_PATIENCE);
            }
        }
        rounds.clear();
        for (int round = 0; round < request.repeat(); round++) {
            for (String name : names) {
                progress.accept(name + ", round " + (round + 1) + " of " + request.repeat());
                turn(name, request.count(), PATIENCE);
            }
            // Whoever came first comes last in the next round.
            Collections.rotate(names, -1);
        }
    }

    private void start() throws IOException {
        progress.accept("making the course");
        Course course = opened(ground.open(prefix));
        Course bareCourse = opened(ground.open(prefix + "-bare"));
        progress.accept("starting the JVMs");
        Topics bareTopics = new Topics(prefix + "-bare");
        ChildJvm client = jvms.program(
                prefix + "-bare",
                BareClient.class,
                FLAGS,
                List.of(bareTopics.tasks(LaneName.SEQUENTIAL), bareTopics.outcomes(), Integer.toString(RESULT_BYTES)));
        bare = opened(Contestant.start("bare client", LaneName.SEQUENTIAL, 1, bareCourse, List.of(client)));
        contestants.put(bare.name(), bare);
        for (LaneName lane : request.lanes()) {
            int concurrency = request.concurrencyOf(lane);
            int processes = lane == LaneName.PROCESS ? concurrency : 1;
            List<ChildJvm> ofLane = IntStream.rangeClosed(1, processes)
                    .mapToObj(number -> laneJvm(lane, number, concurrency))
                    .toList();
            contestants.put(
                    lane.toString(), opened(Contestant.start(lane.toString(), lane, concurrency, course, ofLane)));
        }
    }

    private ChildJvm laneJvm(LaneName lane, int number, int concurrency) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("lanes.topics.prefix", prefix);
        settings.put("lanes.instance", prefix + "-" + lane + "-" + number);
        settings.put("lanes.lab", "true");
        if (lane != LaneName.SEQUENTIAL && lane != LaneName.PROCESS) {
            settings.put("lanes.concurrency." + lane, Integer.toString(concurrency));
        }
        return jvms.lane(prefix + "-" + lane + "-" + number, lane, FLAGS, settings);
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.addFirst(one);
        return one;
    }

    private void turn(String name, int count, Duration patience) {
        Contestant contestant = contestants.get(name);
        List<Round> of = rounds.computeIfAbsent(name, first -> new ArrayList<>());
        if (contestant == null || of.stream().anyMatch(round -> round.fault() != null)) {
            return;
        }
        of.add(
                contestant == bare
                        ? Round.runBare(contestant, request, count, patience)
                        : Round.run(contestant, request, count, patience));
        note(rss, name, contestant.rssBytes());
        note(threads, name, contestant.threads());
    }

    private static void note(Map<String, Long> figures, String name, @Nullable Long figure) {
        if (figure != null) {
            figures.put(name, figure);
        }
    }

    /** What the bare client did; null where it did not come to its end. */
    RaceReport.@Nullable BareClientResult bareClient() {
        List<Round> of = rounds.getOrDefault("bare client", List.of());
        return of.isEmpty() || of.stream().anyMatch(round -> round.fault() != null)
                ? null
                : new RaceReport.BareClientResult(throughput(of), cpuMicros(of));
    }

    /** What each lane did. */
    Map<String, RaceReport.LaneResult> lanes() {
        Map<String, RaceReport.LaneResult> results = new LinkedHashMap<>();
        for (LaneName lane : request.lanes()) {
            List<Round> of = rounds.getOrDefault(lane.toString(), List.of());
            results.put(lane.toString(), of.isEmpty() ? none(lane) : result(lane, of));
        }
        return results;
    }

    private RaceReport.LaneResult none(LaneName lane) {
        return new RaceReport.LaneResult(
                delivery(lane),
                false,
                "it has not run",
                0,
                request.concurrencyOf(lane),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private RaceReport.LaneResult result(LaneName lane, List<Round> of) {
        String fault = fault(of);
        int duplicates = of.stream().mapToInt(Round::duplicates).sum();
        if (fault != null) {
            return new RaceReport.LaneResult(
                    delivery(lane),
                    false,
                    fault,
                    duplicates,
                    request.concurrencyOf(lane),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
        RaceReport.Spread throughput = throughput(of);
        RaceReport.BareClientResult client = bareClient();
        return new RaceReport.LaneResult(
                delivery(lane),
                true,
                null,
                duplicates,
                request.concurrencyOf(lane),
                throughput,
                client == null
                        ? null
                        : throughput.median() / client.tasksPerSecond().median(),
                Percentiles.of(sum(of.stream().map(Round::waits).toList())),
                Percentiles.of(sum(of.stream().map(Round::runs).toList())),
                cpuMicros(of),
                rss.get(lane.toString()),
                threads.get(lane.toString()),
                new RaceReport.InProgress(
                        of.stream().mapToDouble(Round::inProgressMean).average().orElse(0),
                        of.stream().mapToInt(Round::inProgressMax).max().orElse(0)),
                onCpu(of));
    }

    private @Nullable String fault(List<Round> of) {
        for (Round round : of) {
            if (round.fault() != null) {
                return round.fault();
            }
        }
        Set<String> digests = new HashSet<>();
        of.forEach(round -> digests.addAll(round.results()));
        return request.type().equals("hash") && digests.size() != 1 ? "equal hashes gave different digests" : null;
    }

    private static String delivery(LaneName lane) {
        return lane == LaneName.PROCESS ? "share group" : "consumer group";
    }

    private static RaceReport.Spread throughput(List<Round> of) {
        return RaceReport.Spread.of(of.stream().map(Round::tasksPerSecond).toList());
    }

    private @Nullable Double cpuMicros(List<Round> of) {
        double nanos = 0;
        for (Round round : of) {
            Duration cpu = round.cpu();
            if (cpu == null) {
                return null;
            }
            nanos += cpu.toNanos();
        }
        return nanos / 1000 / of.size() / request.count();
    }

    private static @Nullable Double onCpu(List<Round> of) {
        double cores = 0;
        for (Round round : of) {
            Duration cpu = round.cpu();
            if (cpu == null) {
                return null;
            }
            cores += (double) cpu.toNanos() / round.wall().toNanos();
        }
        return cores / of.size();
    }

    private static Histogram sum(List<Histogram> parts) {
        Histogram all = Percentiles.histogram();
        parts.forEach(all::add);
        return all;
    }

    /** Ends the JVMs, and deletes the topics. */
    @Override
    public void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }
}
