package dev.lanes.race;

import dev.lanes.pipeline.Course;
import dev.lanes.pipeline.InMemory;
import dev.lanes.task.Limits;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives one entrant a helping of tasks, and takes the time. In the closed loop all are published at once, and its
 * concurrency says how many it has in flight; in the open loop they come at a rate, whether it keeps up or not, and
 * waits count from the moment at which a task was to be sent.
 *
 * @see <a href="https://www.usenix.org/legacy/event/nsdi06/tech/schroeder.html">Open Versus Closed: A Cautionary Tale</a>
 */
final class Timekeeper {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    /** For outcomes that come once more than they should. */
    private static final Duration LATE = Duration.ofMillis(100);

    private static final Duration TICK = Duration.ofMillis(1);
    /** The first task of an open loop is to be sent so long after the last has been encoded. */
    private static final Duration LEAD = Duration.ofMillis(200);

    /** A JVM may take so long to start on a busy machine. */
    private static final Duration TO_START = Duration.ofMinutes(1);

    private final RaceRequest request;
    private final @Nullable String expected;
    private final Duration patience;
    private final Supplier<Optional<ProcessHandle>> broker;

    /**
     * @param expected the result of each task, as JSON; null when any will do
     * @param patience for so long no task of a round may end, before it is given up
     * @param broker the process of Kafka, where that is on this machine and ours
     */
    Timekeeper(
            RaceRequest request,
            @Nullable String expected,
            Duration patience,
            Supplier<Optional<ProcessHandle>> broker) {
        this.request = request;
        this.expected = expected;
        this.patience = patience;
        this.broker = broker;
    }

    /** One that gives no-op tasks, all at once. */
    Timekeeper ofNoops() {
        return new Timekeeper(request.ofNoops(), null, patience, broker);
    }

    /** For tasks that are published from now on. */
    Silence silence() {
        return new Silence(patience, System::nanoTime);
    }

    /** One for those whose JVMs have just been started. */
    Timekeeper ofFirst() {
        Duration longer = patience.compareTo(TO_START) < 0 ? TO_START : patience;
        return new Timekeeper(request.ofNoops(), null, longer, broker);
    }

    /** At which tasks come; null for all at once. */
    @Nullable
    Integer ratePerSecond() {
        return request.ratePerSecond();
    }

    /** A round of one who has the machine to itself. */
    Round round(Entrant entrant, Course course, Jvms jvms, int count) throws InterruptedException {
        return entrant.kind() == Entrant.Kind.IN_MEMORY
                ? MemoryRound.run(
                        new InMemory.Command(
                                entrant.lane(),
                                request.type(),
                                request.payload().toString(),
                                count),
                        course,
                        jvms,
                        CpuTimes.start(jvms, broker),
                        silence())
                : published(entrant, course, jvms, count);
    }

    private Round published(Entrant entrant, Course course, Jvms jvms, int count) throws InterruptedException {
        DeliveryCheck check = check(entrant);
        Integer rate = request.ratePerSecond();
        List<Task> tasks = rate == null ? tasks(entrant, count) : tasksAt(entrant, count, rate);
        List<Course.Entry> entries = tasks.stream().map(course::entry).toList();
        tasks.forEach(check::published);
        CpuTimes.Stopwatch cpu = CpuTimes.start(jvms, broker);
        Instant start = rate == null ? Instant.now() : tasks.getFirst().submittedAt();
        if (rate == null) {
            check.begin(start);
            course.publish(entries);
        } else {
            publishInTime(course, tasks, entries);
        }
        Silence silence = silence();
        long since = System.nanoTime();
        while (check.left() > 0 && !silence.tooLong(check.done()) && jvms.alive()) {
            course.await(check.left(), since, LOOK_AGAIN).forEach(check::take);
        }
        CpuTimes taken = cpu.untilNow();
        course.await(1, LATE).forEach(check::take);
        return Round.of(
                check, Duration.ofMillis(Math.max(1, check.lastMillis() - start.toEpochMilli())), taken, jvms.death());
    }

    DeliveryCheck check(Entrant entrant) {
        return new DeliveryCheck(entrant.runsTasks(), request.mode() == RaceRequest.Mode.IN_TURN, expected);
    }

    List<Task> tasks(Entrant entrant, int count) {
        Instant now = Instant.now();
        List<Task> tasks = new ArrayList<>(count);
        for (int number = 0; number < count; number++) {
            tasks.add(task(entrant, now));
        }
        return tasks;
    }

    private List<Task> tasksAt(Entrant entrant, int count, int perSecond) {
        Instant first = Instant.now().plus(LEAD).plusNanos(count * 10_000L);
        List<Task> tasks = new ArrayList<>(count);
        for (int number = 0; number < count; number++) {
            tasks.add(task(entrant, first.plusNanos(number * 1_000_000_000L / perSecond)));
        }
        return tasks;
    }

    private Task task(Entrant entrant, Instant submittedAt) {
        return new Task(
                TaskId.create(submittedAt),
                1,
                1,
                request.type(),
                entrant.lane(),
                null,
                false,
                null,
                Limits.DEFAULT,
                submittedAt,
                null,
                request.payload());
    }

    private static void publishInTime(Course course, List<Task> tasks, List<Course.Entry> entries)
            throws InterruptedException {
        for (int sent = 0; sent < tasks.size(); ) {
            Instant now = Instant.now();
            int due = sent;
            while (due < tasks.size() && !tasks.get(due).submittedAt().isAfter(now)) {
                due++;
            }
            if (due > sent) {
                course.send(entries.subList(sent, due));
                sent = due;
            }
            Thread.sleep(TICK);
        }
        course.publish(List.of());
    }
}
