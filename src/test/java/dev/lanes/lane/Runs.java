package dev.lanes.lane;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanes.handler.BlockingHandler;
import dev.lanes.handler.NonBlockingHandler;
import dev.lanes.handler.RegisteredHandler;
import dev.lanes.handler.TaskType;
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

/** Runs of handlers that a test writes down where it needs them; a minute is their limit. */
final class Runs {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private Runs() {}

    @TaskType(value = "test", description = "For a test.", example = "{}")
    private static final class Type {}

    static Run blocking(BlockingHandler<Object> handler, Run.Listener listener) {
        return new Run(task(), registered(handler, null), LIMIT, InstantSource.system(), listener);
    }

    static Run nonBlocking(Uni<?> work, Run.Listener listener) {
        NonBlockingHandler<Object> handler = (payload, context) -> work;
        return new Run(task(), registered(null, handler), LIMIT, InstantSource.system(), listener);
    }

    private static RegisteredHandler registered(
            BlockingHandler<Object> blocking, NonBlockingHandler<Object> nonBlocking) {
        return new RegisteredHandler(
                Type.class.getAnnotation(TaskType.class),
                blocking,
                nonBlocking,
                JsonMapper.builder().build().readerFor(Map.class),
                null);
    }

    private static Task task() {
        Instant now = Instant.now();
        return new Task(
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
    }
}
