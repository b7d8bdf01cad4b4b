package dev.lanes.race;

import dev.lanes.ledger.Fleet;
import dev.lanes.ledger.Ledger;
import dev.lanes.ledger.ProcessView;
import dev.lanes.ledger.TaskView;
import dev.lanes.pipeline.Intake;
import dev.lanes.pipeline.Malformed;
import dev.lanes.task.Attempt;
import dev.lanes.task.LaneName;
import dev.lanes.task.Place;
import dev.lanes.task.TaskId;
import dev.lanes.task.TaskState;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Publishes equal tasks to one lane, waits for them, and measures. */
@Singleton
public final class Trial {
    private static final long PATIENCE_SECONDS = 60;
    private static final int MAX_WARM_UPS = 40;

    private final Intake intake;
    private final Ledger ledger;
    private final Fleet fleet;

    Trial(Intake intake, Ledger ledger, Fleet fleet) {
        this.intake = intake;
        this.ledger = ledger;
        this.fleet = fleet;
    }

    /** It did not come to its end; the message says why. */
    public static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        Failed(String message) {
            super(message);
        }
    }

    /**
     * What was measured.
     *
     * @param tasks in the order of their starts
     * @param cpuPerWall CPU seconds of the lane's processes over the time from first start to last finish; null where
     *     they run on another host
     */
    public record Result(List<TaskView> tasks, @Nullable Double cpuPerWall) {
        public List<Attempt> attempts() {
            return tasks.stream().map(task -> task.attempts().getLast()).toList();
        }

        public Instant firstStart() {
            return attempts().stream()
                    .map(Attempt::startedAt)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }

        public Instant lastFinish() {
            return attempts().stream()
                    .map(Trial::finishedAt)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    public static Instant finishedAt(Attempt attempt) {
        Instant end = attempt.finishedAt();
        return end == null ? Instant.now() : end;
    }

    /**
     * Runs short tasks on every lane, until each of its processes has run one: a process that has just been started
     * tells of itself before it takes its first task.
     */
    public void warmUp() throws Failed {
        for (LaneName lane : LaneName.values()) {
            Set<String> seen = new HashSet<>();
            int processes;
            int look = 0;
            do {
                run(lane, "sleep", "{\"ms\":50}", 3 * Math.max(1, running(lane).size()))
                        .attempts()
                        .forEach(attempt -> seen.add(attempt.place().process()));
                processes = running(lane).size();
            } while (seen.size() < processes && look++ < MAX_WARM_UPS);
        }
    }

    /**
     * Runs {@code count} tasks of that type and payload.
     *
     * @throws Failed when the lane does not run here, a task does not succeed, or a minute has passed
     */
    public Result run(LaneName lane, String type, String payload, int count) throws Failed {
        List<Long> pids = pids(lane);
        Optional<Duration> cpuBefore = cpu(pids);
        List<TaskId> ids = publish(lane, type, payload, count);
        List<TaskView> tasks = new ArrayList<>();
        for (TaskId id : ids) {
            tasks.add(await(id));
        }
        tasks.sort(Comparator.comparing(task -> task.attempts().getLast().startedAt()));
        Result result = new Result(tasks, null);
        Double cpuPerWall = cpuBefore
                .flatMap(before -> cpu(pids).map(after -> after.minus(before)))
                .map(spent -> ratio(spent, Duration.between(result.firstStart(), result.lastFinish())))
                .orElse(null);
        return new Result(tasks, cpuPerWall);
    }

    /** The same tasks with their payloads and results, which are read from Kafka. */
    public List<TaskView> details(Result result) {
        return result.tasks().stream().map(ledger::withDetails).toList();
    }

    private static double ratio(Duration cpu, Duration wall) {
        return Math.round(100.0 * cpu.toNanos() / Math.max(1, wall.toNanos())) / 100.0;
    }

    private List<Long> pids(LaneName lane) throws Failed {
        List<ProcessView> running = running(lane);
        for (int look = 0; running.isEmpty() && look < PATIENCE_SECONDS; look++) {
            pause();
            running = running(lane);
        }
        if (running.isEmpty()) {
            throw new Failed("no process runs the lane " + lane + ": ./lanes status shows which there are");
        }
        boolean here = running.stream().allMatch(process -> process.host().equals(Place.hostName()));
        return here ? running.stream().map(ProcessView::pid).toList() : List.of();
    }

    private List<ProcessView> running(LaneName lane) {
        return fleet.processes().stream()
                .filter(process -> process.lanes().contains(lane.toString()))
                .toList();
    }

    private static void pause() throws Failed {
        try {
            Thread.sleep(1000);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted");
        }
    }

    /** CPU time of processes of this host; empty where one cannot be asked. */
    private static Optional<Duration> cpu(List<Long> pids) {
        Duration sum = Duration.ZERO;
        for (long pid : pids) {
            Optional<Duration> one =
                    ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration());
            if (one.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.plus(one.get());
        }
        return pids.isEmpty() ? Optional.empty() : Optional.of(sum);
    }

    private List<TaskId> publish(LaneName lane, String type, String payload, int count) throws Failed {
        byte[] json = "{\"type\":\"%s\",\"lane\":\"%s\",\"payload\":%s}"
                .formatted(type, lane, payload)
                .getBytes(StandardCharsets.UTF_8);
        List<TaskId> ids = new ArrayList<>();
        List<CompletableFuture<?>> written = new ArrayList<>();
        try {
            for (int number = 0; number < count; number++) {
                Intake.Checked checked = intake.check(json, 0, json.length, null);
                written.add(intake.publish(checked.task()));
                ids.add(checked.task().id());
            }
            CompletableFuture.allOf(written.toArray(CompletableFuture[]::new)).get(5, TimeUnit.SECONDS);
            return ids;
        } catch (Malformed refused) {
            throw new Failed(refused.line());
        } catch (ExecutionException | TimeoutException away) {
            throw new Failed("Kafka does not answer");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted");
        }
    }

    private TaskView await(TaskId id) throws Failed {
        CompletableFuture<Void> end = ledger.end(id);
        try {
            end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException late) {
            throw new Failed("a task did not end within " + PATIENCE_SECONDS + " s: " + id);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted");
        } finally {
            end.cancel(false);
        }
        TaskView task = ledger.find(id).orElseThrow(() -> new Failed("the ledger has dropped the task " + id));
        if (task.state() != TaskState.SUCCEEDED) {
            throw new Failed("the task " + id + " ended as " + task.state() + ": "
                    + task.attempts().getLast().error());
        }
        return task;
    }
}
