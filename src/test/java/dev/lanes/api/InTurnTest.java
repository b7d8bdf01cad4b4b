package dev.lanes.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lanes.task.TaskId;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

final class InTurnTest {
    private static final TaskId ONE = new TaskId(0, 1);
    private static final TaskId OTHER = new TaskId(0, 2);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final InTurn inTurn = new InTurn();
    private final List<String> begun = new ArrayList<>();
    private final CompletableFuture<String> first = new CompletableFuture<>();
    private final CompletableFuture<String> second = new CompletableFuture<>();

    @Test
    void begins_the_next_when_the_one_before_is_done() {
        var before = run(ONE, "first", first, LONG);
        var after = run(ONE, "second", second, LONG);
        assertThat(begun).containsExactly("first");

        first.complete("taken");

        assertThat(begun).containsExactly("first", "second");
        second.complete("known");
        before.assertItem("taken");
        after.assertItem("known");
        assertThat(inTurn.isIdle()).isTrue();
    }

    @Test
    void does_not_make_other_tasks_wait() {
        run(ONE, "first", first, LONG);
        run(OTHER, "second", second, LONG);

        assertThat(begun).containsExactly("first", "second");
    }

    @Test
    void goes_on_after_a_failure_which_it_passes_on_as_it_is() {
        var before = run(ONE, "first", first, LONG);
        run(ONE, "second", second, LONG);
        Refused refused = new Refused(409, "taken", null);

        first.completeExceptionally(refused);

        assertThat(before.getFailure()).isSameAs(refused);
        assertThat(begun).containsExactly("first", "second");
    }

    @Test
    void makes_the_next_wait_for_what_nobody_waits_for_any_more() {
        run(ONE, "first", first, LONG).cancel();
        run(ONE, "second", second, LONG);
        assertThat(begun).containsExactly("first");

        first.complete("taken");

        assertThat(begun).containsExactly("first", "second");
    }

    @Test
    void never_begins_what_has_waited_too_long_and_lets_nobody_pass_it_by() {
        run(ONE, "first", first, LONG);
        var late = run(ONE, "late", second, Duration.ofMillis(1));
        await().untilAsserted(() -> late.assertFailedWith(TimeoutException.class));
        run(ONE, "third", second, LONG);
        assertThat(begun).containsExactly("first");

        first.complete("taken");

        assertThat(begun).containsExactly("first", "third");
    }

    private UniAssertSubscriber<String> run(
            TaskId task, String name, CompletableFuture<String> work, Duration patience) {
        return inTurn.run(task, patience, () -> {
                    begun.add(name);
                    return Uni.createFrom().completionStage(work);
                })
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }
}
