package dev.lanes.race.fault;

import dev.lanes.task.TaskId;
import dev.lanes.task.TaskState;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tasks that have been published together.
 *
 * @param expected what has to become of each, by its id
 */
record Batch(String name, Map<String, Expected> expected) {
    /** Publishes them. */
    static Batch publish(String name, List<Mixture.Line> lines, FrontDoor front) throws IOException {
        Map<String, Expected> expected = new HashMap<>();
        for (int index = 0; index < lines.size(); index++) {
            // As the documentation of the records says: the id follows from the batch and the line, from 1.
            String id = TaskId.named("batch", name, Integer.toString(index + 1)).toString();
            expected.put(id, lines.get(index).expected());
        }
        front.publish(name, lines.stream().map(Mixture.Line::json).toList());
        return new Batch(name, expected);
    }

    /** Cancels those that are to end so, and returns when every process has been asked. */
    void cancel(FrontDoor front, Duration patience) throws IOException {
        for (Map.Entry<String, Expected> task : expected.entrySet()) {
            if (task.getValue().end() == TaskState.CANCELLED
                    && !Patience.await(patience, () -> front.cancel(task.getKey()))) {
                throw new IOException("the task " + task.getKey() + " cannot be cancelled");
            }
        }
    }
}
