package dev.lanes.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReactiveLaneTest {
    private final ReactiveLane lane = new ReactiveLane(100);
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final AtomicInteger ended = new AtomicInteger();
    private final Run.Listener counts = new Run.Listener() {
        @Override
        public void ended(Run run, Ending ending) {
            ended.incrementAndGet();
        }

        @Override
        public void left(Run run) {}
    };

    @AfterEach
    void stop() {
        blocked.countDown();
        lane.close();
    }

    @Test
    void what_waits_behind_a_task_that_never_returns_runs_on_another_loop_and_once() {
        Run stuck = Runs.blocking((payload, context) -> blockLoop(), counts);
        lane.run(stuck);
        await().until(stuck::hasStarted);
        List<Run> behind = IntStream.range(0, 50)
                .mapToObj(number -> Runs.nonBlocking(Uni.createFrom().nullItem(), counts))
                .toList();
        behind.forEach(lane::run);

        assertThat(lane.replaceThreadOf(stuck)).isTrue();
        behind.forEach(lane::run);

        await().untilAsserted(() -> assertThat(ended).hasValue(50));
        blocked.countDown();
        await().untilAsserted(() -> assertThat(ended).hasValue(51));
        assertThat(lane.silence()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void knows_that_its_loop_does_not_answer_though_no_run_holds_it() {
        lane.run(Runs.nonBlocking(Uni.createFrom().item(this::blockLoop), counts));
        await().untilAsserted(() -> assertThat(lane.silence()).isGreaterThan(Duration.ofMillis(500)));

        BooleanSupplier isBack = lane.replaceThread();

        assertThat(isBack.getAsBoolean()).isFalse();
        lane.run(Runs.nonBlocking(Uni.createFrom().nullItem(), counts));
        await().untilAsserted(() -> assertThat(ended).hasValue(1));
        blocked.countDown();
        await().untilAsserted(() -> assertThat(isBack.getAsBoolean()).isTrue());
    }

    private Object blockLoop() {
        while (true) {
            try {
                blocked.await();
                return "late";
            } catch (InterruptedException goOn) {
                Thread.onSpinWait();
            }
        }
    }
}
