package dev.lanes.pipeline;

import dev.lanes.handler.Handlers;
import dev.lanes.handler.RegisteredHandler;
import dev.lanes.task.LaneName;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which types a lane takes: asked when a task is published, and again when it is about to run. */
@Singleton
final class Admission {
    static final String NO_ORDER =
            "asks for order, which a lane that many processes read as a queue does not keep: take"
                    + " another lane, or say \"ordered\":false";

    private final Handlers handlers;
    private final PipelineConfig config;
    private final boolean lab;

    Admission(Handlers handlers, PipelineConfig config) {
        this.handlers = handlers;
        this.config = config;
        this.lab = config.lab();
    }

    /** Whether the tasks of one key run in their order there. */
    boolean keepsOrder(LaneName lane) {
        return !config.queues().contains(lane.toString());
    }

    /** Why the lane does not take a task of that type; empty when it does. */
    Optional<String> refusal(String type, Optional<RegisteredHandler> handler, LaneName lane) {
        if (handler.isEmpty()) {
            return Optional.of("unknown type " + type + "; there are "
                    + handlers.all().stream().map(known -> known.type().value()).collect(Collectors.joining(", ")));
        }
        if (handler.get().type().endsItsProcess() && lane != LaneName.PROCESS && !lab) {
            return Optional.of("a task of type " + type + " ends its process, and runs on the lane process only, unless"
                    + " lanes.lab=true");
        }
        return Optional.empty();
    }
}
