package dev.lanes.pipeline;

import dev.lanes.task.Place;
import dev.lanes.task.Task;
import java.time.Instant;

/**
 * A record of {@code lanes.starts}: somebody has begun an attempt of a task.
 *
 * @param triesBefore how often it may have been tried before, without anybody having said so
 */
record Start(int generation, int attempt, int triesBefore, Place place, Instant at) {
    boolean isOf(Task task) {
        return generation == task.generation() && attempt == task.attempt();
    }
}
