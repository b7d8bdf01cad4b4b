package dev.lanes.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanes.handler.NonBlockingHandler;
import dev.lanes.handler.RegisteredHandler;
import dev.lanes.handler.TaskType;
import dev.lanes.lane.Ending;
import dev.lanes.lane.ReactiveLane;
import dev.lanes.lane.Run;
import dev.lanes.task.LaneName;
import dev.lanes.task.Limits;
import dev.lanes.task.RawJson;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LeftBehindTest {
    private final ReactiveLane lane = new ReactiveLane(10);
    private final Slots slots = new Slots(10, 10, 0);
    private final LeftBehind leftBehind = new LeftBehind(lane, slots);
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);

    @TaskType(value = "test", description = "For a test.", example = "{}")
    private static final class Type {}

    @AfterEach
    void stop() {
        blocked.countDown();
        lane.close();
    }

    @Test
    void a_loop_that_is_kept_by_a_task_which_has_left_already_is_replaced_once_no_other_is_in_flight_there()
            throws InterruptedException {
        Run keeps = run((payload, context) -> Uni.createFrom()
                .nullItem()
                .onItem()
                .delayIt()
                .onExecutor(context.loop())
                .by(Duration.ofMillis(1))
                .invoke(this::block));
        reached.await();
        Run waits = run((payload, context) -> Uni.createFrom().nullItem());
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(8)).untilAsserted(() -> {
            leftBehind.lookAtLoop();
            assertThat(waits.hasReturned()).as("within the limit of the other").isFalse();
        });

        keeps.timeOut("");

        await().untilAsserted(() -> {
            leftBehind.lookAtLoop();
            assertThat(waits.hasReturned()).isTrue();
        });
        assertThat(leftBehind.complaint()).isEmpty();
        await().untilAsserted(() -> assertThat(slots.inFlight()).isZero());
    }

    private void block() {
        reached.countDown();
        while (blocked.getCount() > 0) {
            try {
                blocked.await();
            } catch (InterruptedException goOn) {
                Thread.onSpinWait();
            }
        }
    }

    private Run run(NonBlockingHandler<Object> handler) throws InterruptedException {
        int slot = slots.take();
        Run.Listener listener = new Run.Listener() {
            @Override
            public void ended(Run run, Ending ending) {}

            @Override
            public void left(Run run) {
                slots.release(slot);
            }
        };
        Instant now = Instant.now();
        Task task = new Task(
                TaskId.create(now),
                1,
                1,
                "test",
                LaneName.REACTIVE,
                null,
                false,
                null,
                Limits.DEFAULT,
                now,
                null,
                RawJson.EMPTY);
        RegisteredHandler registered = new RegisteredHandler(
                Type.class.getAnnotation(TaskType.class),
                null,
                handler,
                JsonMapper.builder().build().readerFor(Map.class),
                null);
        Run run = new Run(task, registered, Duration.ofMinutes(1), InstantSource.system(), listener);
        slots.put(slot, run);
        lane.run(run);
        return run;
    }
}
