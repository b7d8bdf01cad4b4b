package dev.lanes.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class FollowerTest {
    private final CountDownLatch forEver = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();
    private final Queue<RuntimeException> told = new ConcurrentLinkedQueue<>();
    private Follower follower;

    @AfterEach
    void stop() {
        forEver.countDown();
        follower.stop();
    }

    @ParameterizedTest
    @ValueSource(classes = {KafkaException.class, IllegalArgumentException.class, OutOfMemoryError.class})
    void begins_again_whatever_its_work_failed_of(Class<? extends Throwable> failure) {
        follow(() -> {
            if (begun.incrementAndGet() == 1) {
                throw FollowerTest.<RuntimeException>unchecked(
                        failure.getDeclaredConstructor().newInstance());
            }
            forEver.await();
        });

        await().untilAsserted(() -> assertThat(begun).hasValue(2));
        assertThat(told).hasSize(failure == KafkaException.class ? 1 : 0);
    }

    @Test
    void begins_again_even_when_nothing_can_be_said_of_the_failure() {
        follower = new Follower(
                "test",
                "a test",
                () -> {
                    if (begun.incrementAndGet() == 1) {
                        throw new KafkaException("lost");
                    }
                    forEver.await();
                },
                lost -> {
                    throw new OutOfMemoryError("no words");
                });

        follower.start();

        await().untilAsserted(() -> assertThat(begun).hasValue(2));
    }

    @Test
    void does_not_begin_again_once_it_is_stopped() throws Exception {
        follow(() -> {
            begun.incrementAndGet();
            forEver.await();
            throw new KafkaException("closed");
        });
        await().untilAsserted(() -> assertThat(begun).hasValue(1));

        follower.stop();
        forEver.countDown();
        follower.awaitEnd(java.time.Duration.ofSeconds(10));

        assertThat(begun).hasValue(1);
        assertThat(told).isEmpty();
    }

    @Test
    void a_look_that_fails_is_not_the_last() {
        follower = new Follower("test", "a test", () -> {}, told::add);
        Runnable look = Follower.lasting("a test", () -> {
            begun.incrementAndGet();
            throw new AssertionError("unforeseen");
        });

        look.run();
        look.run();

        assertThat(begun).hasValue(2);
    }

    private interface Any {
        void run() throws Exception;
    }

    private void follow(Any work) {
        follower = new Follower(
                "test",
                "a test",
                () -> {
                    try {
                        work.run();
                    } catch (Exception e) {
                        throw FollowerTest.<RuntimeException>unchecked(e);
                    }
                },
                told::add);
        follower.start();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E unchecked(Throwable failure) throws E {
        throw (E) failure;
    }
}
