package dev.lanes.race.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanes.task.TaskState;
import java.util.ArrayList;
import java.util.List;

/**
 * A task as a Lanes tells it.
 *
 * @param outcomes how its attempts ended; an empty text for one that has not
 */
record SeenTask(String id, TaskState state, List<String> outcomes) {
    static SeenTask of(JsonNode task) {
        List<String> outcomes = new ArrayList<>();
        task.path("attempts")
                .forEach(attempt -> outcomes.add(attempt.path("outcome").asText("")));
        return new SeenTask(
                task.path("id").asText(), TaskState.valueOf(task.path("state").asText()), outcomes);
    }

    /** Whether it took more than it needs by itself: an attempt more, or one whose process died. */
    boolean hurt(Expected expected) {
        return expected.harmless() && (outcomes.size() > expected.attempts() || outcomes.contains("LOST"));
    }
}
