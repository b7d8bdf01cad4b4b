package dev.lanes.race;

import dev.lanes.pipeline.PipelineConfig;
import dev.lanes.task.LaneName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The measured rounds of a race, and what they come to. */
final class Scores {
    private final RaceRequest request;
    private final Map<String, Score> scores = new LinkedHashMap<>();

    Scores(RaceRequest request) {
        this.request = request;
    }

    Score of(Entrant entrant) {
        return scores.computeIfAbsent(entrant.name(), first -> new Score(entrant));
    }

    /** Those that have run so far, in the order of the race. */
    private List<Score> measured() {
        return scores.values().stream().filter(Score::hasRun).toList();
    }

    private @Nullable Score measured(String name) {
        Score score = scores.get(name);
        return score != null && score.hasRun() ? score : null;
    }

    RaceReport.@Nullable BareResult bare(String name) {
        Score score = measured(name);
        if (score == null) {
            return null;
        }
        boolean well = !score.failed();
        return new RaceReport.BareResult(
                score.entrant().jvms(),
                IntStream.rangeClosed(1, score.entrant().jvms())
                        .map(score.entrant()::clients)
                        .sum(),
                score.count(),
                score.fault(),
                well ? score.tasksPerSecond() : null,
                well ? score.percentiles(Figures::latencies) : null,
                well ? score.cpuMicrosPerTask() : null,
                well ? score.microsPerTask(CpuTimes::broker) : null,
                well ? score.microsPerTask(CpuTimes::publisher) : null);
    }

    Map<String, RaceReport.BareResult> idioms() {
        Map<String, RaceReport.BareResult> results = new LinkedHashMap<>();
        for (String idiom : PipelineConfig.IDIOMS) {
            RaceReport.BareResult result = bare(idiom);
            if (result != null) {
                results.put(idiom, result);
            }
        }
        return results;
    }

    Map<String, RaceReport.LaneResult> lanes() {
        return results(Entrant.Kind.LANE);
    }

    /** Of the lanes with the ledger beside them, by lane. */
    Map<String, RaceReport.LaneResult> ledger() {
        return results(Entrant.Kind.LEDGER);
    }

    /** Of the lanes that had their tasks from memory, by lane. */
    Map<String, RaceReport.LaneResult> inMemory() {
        return results(Entrant.Kind.IN_MEMORY);
    }

    private Map<String, RaceReport.LaneResult> results(Entrant.Kind kind) {
        Map<String, RaceReport.LaneResult> results = new LinkedHashMap<>();
        measured().stream()
                .filter(score -> score.entrant().kind() == kind)
                .forEach(score -> results.put(score.entrant().lane().toString(), result(score)));
        return results;
    }

    RaceReport.@Nullable LaneResult control() {
        Score score = measured(Entrant.CONTROL);
        return score == null ? null : result(score);
    }

    /** What the queue costs, and what processes cost; null unless all three have figures. */
    RaceReport.@Nullable Split split() {
        Score thread = measured("thread");
        Score control = measured(Entrant.CONTROL);
        Score process = measured("process");
        if (thread == null || control == null || process == null) {
            return null;
        }
        if (thread.failed() || control.failed() || process.failed()) {
            return null;
        }
        boolean equal = thread.entrant().concurrency() == control.entrant().concurrency();
        double controlled = control.median() / thread.median();
        return new RaceReport.Split(
                equal ? controlled : null, equal ? null : controlled, process.median() / control.median());
    }

    List<List<String>> standing() {
        return Standing.of(measured().stream()
                .filter(score -> score.entrant().kind() == Entrant.Kind.LANE && !score.failed())
                .filter(score -> comparable(score.entrant()))
                .collect(Collectors.toMap(score -> score.entrant().name(), Score::tasksPerSecond)));
    }

    /**
     * Whether it can be told from the other lanes: of tasks that do nothing, one that reads a queue shows what the queue
     * costs, and only the control tells that from what processes do.
     */
    private boolean comparable(Entrant entrant) {
        Score control = measured(Entrant.CONTROL);
        return !request.noops() || !entrant.queue() || control != null && !control.failed();
    }

    /** What speaks against all this. */
    List<String> doubts(Environment environment) {
        Doubts doubts = new Doubts(environment.cores());
        if (request.mode() == RaceRequest.Mode.TOGETHER) {
            doubts.together();
        }
        doubts.busyWithOthers(coresOfOthers());
        measured().forEach(score -> {
            if (!score.failed()) {
                doubts.rounds(
                        score.entrant().name(),
                        score.speeds(),
                        score.cores(CpuTimes::sum),
                        score.cores(CpuTimes::compilers));
            }
        });
        return doubts.all();
    }

    private RaceReport.LaneResult result(Score score) {
        Entrant entrant = score.entrant();
        boolean inMemory = entrant.kind() == Entrant.Kind.IN_MEMORY;
        boolean well = !score.failed();
        Duration blocked = score.loopBlocked();
        RaceReport.Spread speed = well ? score.tasksPerSecond() : null;
        return new RaceReport.LaneResult(
                entrant.delivery(),
                well,
                score.fault(),
                score.rounds().stream().mapToInt(Round::duplicates).sum(),
                entrant.concurrency(),
                score.count(),
                speed,
                entrant.queue() || inMemory ? null : ratio(speed, Entrant.BARE_CLIENT),
                entrant.queue() ? ratio(speed, Entrant.BARE_SHARE_CLIENT) : null,
                comparable(entrant) && !inMemory ? ratio(speed, LaneName.SEQUENTIAL.toString()) : null,
                entrant.kind() == Entrant.Kind.LEDGER
                        ? ratio(speed, entrant.lane().toString())
                        : null,
                entrant.kind() == Entrant.Kind.LANE
                        ? ratio(speed, Entrant.inMemory(entrant.lane(), 0).name())
                        : null,
                well && request.ratePerSecond() != null ? (Boolean) score.keptUp(request.ratePerSecond()) : null,
                well ? score.percentiles(Figures::waits) : null,
                well ? score.percentiles(Figures::runs) : null,
                well ? score.percentiles(Figures::latencies) : null,
                well ? score.cpuMicrosPerTask() : null,
                well ? score.microsPerTask(CpuTimes::broker) : null,
                well ? score.microsPerTask(CpuTimes::publisher) : null,
                well ? score.allocatedBytesPerTask() : null,
                well ? score.rssBytes() : null,
                well ? score.threads() : null,
                well && !inMemory ? score.inProgress() : null,
                well ? score.onCpu() : null,
                well && blocked != null ? (Long) blocked.toMillis() : null);
    }

    private @Nullable Double ratio(RaceReport.@Nullable Spread speed, String to) {
        Score other = measured(to);
        return speed == null || other == null || other.failed() ? null : speed.median() / other.median();
    }

    List<RaceReport.RawRound> raw() {
        List<RaceReport.RawRound> raw = new ArrayList<>();
        scores.forEach((name, score) -> {
            for (Round round : score.rounds()) {
                raw.add(new RaceReport.RawRound(
                        name,
                        score.rounds().indexOf(round) + 1,
                        round.count(),
                        round.fault() == null ? round.tasksPerSecond() : null,
                        round.fault() == null ? round.wall().toNanos() / 1e6 : null,
                        round.fault() == null ? latencyP99(round) : null,
                        millis(round.cpu().entrant()),
                        millis(round.cpu().compilers()),
                        millis(round.cpu().broker()),
                        millis(round.cpu().publisher()),
                        round.cpu().coresOfOthers(),
                        round.duplicates(),
                        round.fault()));
            }
        });
        return raw;
    }

    private static @Nullable Double latencyP99(Round round) {
        Percentiles latencies = Percentiles.of(round.figures().latencies());
        return latencies == null ? null : latencies.p99();
    }

    /**
     * Cores that others kept busy during the rounds, on average; null where the system does not tell. What a process
     * that died had taken would count as theirs.
     */
    @Nullable
    Double coresOfOthers() {
        List<Double> all = raw().stream()
                .filter(round -> round.fault() == null)
                .map(RaceReport.RawRound::coresOfOthers)
                .filter(Objects::nonNull)
                .toList();
        return all.isEmpty()
                ? null
                : all.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private static @Nullable Double millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toNanos() / 1e6;
    }
}
