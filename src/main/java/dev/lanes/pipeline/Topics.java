package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import java.util.Arrays;
import java.util.List;

/** The names of the topics. */
public final class Topics {
    private static final String TASKS = "lanes.tasks.";

    public static final String OUTCOMES = "lanes.outcomes";
    public static final String SCHEDULED = "lanes.scheduled";
    public static final String DEAD = "lanes.dead";
    public static final String LEDGER = "lanes.ledger";
    public static final String HEARTBEAT = "lanes.heartbeat";
    public static final String CONTROL = "lanes.control";
    public static final String REPORTS = "lanes.reports";

    private Topics() {}

    /** Where the tasks of a lane wait. */
    public static String tasks(LaneName lane) {
        return TASKS + lane;
    }

    /** All topics in which tasks wait. */
    public static List<String> allTasks() {
        return Arrays.stream(LaneName.values()).map(Topics::tasks).toList();
    }

    /** The lane whose tasks wait in a topic. */
    public static LaneName laneOf(String topic) {
        return LaneName.parse(topic.substring(TASKS.length())).orElseThrow();
    }

    /** The consumer group, or share group, of a lane. */
    public static String group(LaneName lane) {
        return "lanes." + lane;
    }
}
