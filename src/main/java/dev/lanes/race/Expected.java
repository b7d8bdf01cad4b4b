package dev.lanes.race;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanes.handler.BlockingHandler;
import dev.lanes.handler.Handlers;
import dev.lanes.handler.RegisteredHandler;
import dev.lanes.handler.TaskContext;
import dev.lanes.task.LaneName;
import dev.lanes.task.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The result that a task must have, worked out here. */
final class Expected {
    /** Types whose result follows from the payload alone. */
    private static final Set<String> SAME_EACH_TIME = Set.of("hash", "file", "mandelbrot");

    private static final JsonMapper JSON = new JsonMapper();

    private Expected() {}

    /**
     * As JSON; null where any result will do.
     *
     * @throws IOException when the task fails here, or takes longer than {@code patience}
     */
    static @Nullable String of(Handlers handlers, RaceRequest request, Duration patience)
            throws IOException, InterruptedException {
        RegisteredHandler handler = handlers.find(request.type()).orElseThrow();
        BlockingHandler<Object> blocking = handler.blocking();
        return blocking == null || !SAME_EACH_TIME.contains(request.type())
                ? null
                : within(
                        patience,
                        () -> JSON.writeValueAsString(blocking.run(handler.payload(request.payload()), new Alone())));
    }

    /** What the work gives, on a thread that is interrupted when it takes too long. */
    static String within(Duration patience, Callable<String> work) throws IOException, InterruptedException {
        FutureTask<String> result = new FutureTask<>(work);
        Thread.ofPlatform().name("lanes-expected").daemon().start(result);
        try {
            return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException endless) {
            throw new IOException(
                    "one of these tasks takes longer than " + patience.toSeconds() + " s (lanes.race.patience)",
                    endless);
        } catch (ExecutionException failed) {
            throw new IOException("the task fails: " + failed.getCause(), failed);
        } finally {
            result.cancel(true);
        }
    }

    /** A task by itself, which nobody cancels. */
    private static final class Alone implements TaskContext {
        @Override
        public TaskId id() {
            return new TaskId(0, 0);
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public LaneName lane() {
            return LaneName.SEQUENTIAL;
        }

        @Override
        public Instant deadline() {
            return Instant.MAX;
        }

        @Override
        public boolean cancelled() {
            return Thread.currentThread().isInterrupted();
        }

        @Override
        public ScheduledExecutorService loop() {
            return Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().factory());
        }
    }
}
