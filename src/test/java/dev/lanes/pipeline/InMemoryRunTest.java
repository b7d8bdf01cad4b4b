package dev.lanes.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanes.handler.BlockingHandler;
import dev.lanes.handler.RegisteredHandler;
import dev.lanes.handler.TaskType;
import dev.lanes.lane.VirtualLane;
import dev.lanes.task.LaneName;
import dev.lanes.task.Limits;
import dev.lanes.task.RawJson;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class InMemoryRunTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int CONCURRENCY = 3;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final VirtualLane lane = new VirtualLane(CONCURRENCY, timer);

    @AfterEach
    void close() {
        lane.close();
        timer.shutdownNow();
    }

    @TaskType(value = "test", description = "For a test.")
    private static final class Type {}

    @Test
    void has_as_many_in_flight_as_the_lane_and_counts_all() throws Exception {
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(CONCURRENCY);
        InMemoryRun run = run(50, (payload, context) -> {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            full.countDown();
            full.await();
            return inFlight.decrementAndGet();
        });

        run.run();

        assertThat(run.awaitEnd(MINUTE)).isTrue();
        assertThat(most).hasValue(CONCURRENCY);
        InMemory.Progress progress = run.progress();
        assertThat(progress.done()).isEqualTo(50);
        assertThat(progress.over()).isTrue();
        assertThat(progress.wallNanos()).isPositive();
        assertThat(progress.fault()).isNull();
    }

    @Test
    void is_not_over_while_one_runs() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        InMemoryRun run = run(1, (payload, context) -> {
            end.await();
            return null;
        });

        run.run();

        assertThat(run.awaitEnd(Duration.ofMillis(1))).isFalse();
        assertThat(run.progress()).isEqualTo(InMemory.Progress.NONE);
        end.countDown();
        assertThat(run.awaitEnd(MINUTE)).isTrue();
    }

    @Test
    void says_why_one_failed() throws Exception {
        InMemoryRun run = run(5, (payload, context) -> {
            throw new IllegalStateException("broken");
        });

        run.run();

        assertThat(run.awaitEnd(MINUTE)).isTrue();
        assertThat(run.progress().fault()).contains("FAILED").contains("broken");
    }

    private InMemoryRun run(int count, BlockingHandler<Object> handler) {
        RegisteredHandler registered = new RegisteredHandler(
                Type.class.getAnnotation(TaskType.class),
                handler,
                null,
                JsonMapper.builder().build().readerFor(Map.class),
                null);
        return new InMemoryRun(
                lane,
                registered,
                Stream.generate(InMemoryRunTest::task).limit(count).toList(),
                MINUTE);
    }

    private static Task task() {
        Instant now = Instant.now();
        return new Task(
                TaskId.create(now),
                1,
                1,
                "test",
                LaneName.VIRTUAL,
                null,
                false,
                null,
                Limits.DEFAULT,
                now,
                null,
                RawJson.EMPTY);
    }
}
