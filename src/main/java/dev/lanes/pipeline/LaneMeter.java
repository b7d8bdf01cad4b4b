package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import dev.lanes.task.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.Recorder;

/** Counts what a lane does: for Prometheus, and for the heartbeats. */
public final class LaneMeter {
    private static final int SIGNIFICANT_DIGITS = 2;
    private static final long MAX_MICROS = TimeUnit.DAYS.toMicros(1);

    private final LaneName lane;
    private final MeterRegistry meters;
    private final Map<TypeOutcome, Counter> counters = new ConcurrentHashMap<>();
    private final Timer waitTimer;
    private final Timer runTimer;
    private final Recorder wait = new Recorder(MAX_MICROS, SIGNIFICANT_DIGITS);
    private final Recorder run = new Recorder(MAX_MICROS, SIGNIFICANT_DIGITS);
    private final RecentRuns recentRuns = new RecentRuns();
    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();

    private record TypeOutcome(String type, Outcome outcome) {
        static TypeOutcome of(Heartbeat.TypeCount count) {
            return new TypeOutcome(count.type(), Outcome.valueOf(count.outcome()));
        }
    }

    public LaneMeter(LaneName lane, MeterRegistry meters) {
        this.lane = lane;
        this.meters = meters;
        this.waitTimer = timer("lanes.task.wait", "From submission to the start of the attempt");
        this.runTimer = timer("lanes.task.run", "From the start of the attempt to its end");
    }

    /** Shows how many tasks this process, or those that it has started, have in flight, and how many they may have. */
    public static void showInFlight(
            LaneName lane, Supplier<Number> inFlight, Supplier<Number> limit, MeterRegistry meters) {
        Gauge.builder("lanes.tasks.in.flight", inFlight)
                .description("Tasks that the lane has taken and not finished")
                .tag("lane", lane.toString())
                .register(meters);
        Gauge.builder("lanes.tasks.in.flight.limit", limit)
                .description("Tasks that the lane may have in flight at once")
                .tag("lane", lane.toString())
                .register(meters);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .tag("lane", lane.toString())
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2500),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5))
                .register(meters);
    }

    void ended(String type, Outcome outcome, Duration waited, Duration ran) {
        record(waitTimer, wait, waited);
        record(runTimer, run, ran);
        recentRuns.add(ran);
        count(type, outcome, 1);
    }

    /** Adds what another process's lane did in the last second, for a process that nobody asks for metrics itself. */
    public void mirror(Heartbeat.LaneBeat before, Heartbeat.LaneBeat now) {
        Map<TypeOutcome, Long> counted = new HashMap<>();
        before.counts().forEach(count -> counted.put(TypeOutcome.of(count), count.count()));
        for (Heartbeat.TypeCount count : now.counts()) {
            TypeOutcome key = TypeOutcome.of(count);
            long more = count.count() - counted.getOrDefault(key, 0L);
            if (more > 0) {
                count(key.type(), key.outcome(), more);
            }
        }
        replay(Heartbeat.histogram(now.waits()), waitTimer);
        replay(Heartbeat.histogram(now.runs()), runTimer);
    }

    private static void replay(Histogram micros, Timer timer) {
        for (HistogramIterationValue value : micros.recordedValues()) {
            for (long times = value.getCountAtValueIteratedTo(); times > 0; times--) {
                timer.record(value.getValueIteratedTo(), TimeUnit.MICROSECONDS);
            }
        }
    }

    private void count(String type, Outcome outcome, long times) {
        counters.computeIfAbsent(new TypeOutcome(type, outcome), this::counter).increment(times);
        done.add(times);
        if (outcome != Outcome.SUCCEEDED) {
            failed.add(times);
        }
    }

    private Counter counter(TypeOutcome key) {
        return Counter.builder("lanes.tasks")
                .description("Attempts that ended")
                .tag("lane", lane.toString())
                .tag("type", key.type())
                .tag("outcome", key.outcome().name().toLowerCase(java.util.Locale.ROOT))
                .register(meters);
    }

    private static void record(Timer timer, Recorder recorder, Duration duration) {
        long micros = Math.clamp(duration.toNanos() / 1000, 0, MAX_MICROS);
        timer.record(micros, TimeUnit.MICROSECONDS);
        recorder.recordValue(micros);
    }

    RecentRuns recentRuns() {
        return recentRuns;
    }

    /** The waits since the last call, in microseconds. */
    Histogram waits() {
        return wait.getIntervalHistogram();
    }

    /** The run times since the last call, in microseconds. */
    Histogram runs() {
        return run.getIntervalHistogram();
    }

    List<Heartbeat.TypeCount> counts() {
        return counters.entrySet().stream()
                .map(entry -> new Heartbeat.TypeCount(
                        entry.getKey().type(), entry.getKey().outcome().name(), (long)
                                entry.getValue().count()))
                .toList();
    }

    long done() {
        return done.sum();
    }

    long failed() {
        return failed.sum();
    }
}
