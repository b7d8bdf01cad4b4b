package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The names of topics and groups. They begin with one word, so that several pipelines can share a Kafka. */
@Singleton
public final class Topics {
    private final String prefix;

    /** Those of this process. */
    @Inject
    Topics(PipelineConfig config) {
        this(config.topics().prefix());
        if (!prefix.matches("[a-zA-Z0-9._-]{1,100}")) {
            throw CannotStart.because("lanes.topics.prefix is '" + prefix
                    + "': give letters, digits, '.', '_' and '-', as Kafka's topics take no others");
        }
    }

    /** Those of a pipeline with its own prefix. */
    public Topics(String prefix) {
        this.prefix = prefix;
    }

    /** Where the tasks of a lane wait. */
    public String tasks(LaneName lane) {
        return prefix + ".tasks." + lane;
    }

    /** All topics in which tasks wait. */
    public List<String> allTasks() {
        return Arrays.stream(LaneName.values()).map(this::tasks).toList();
    }

    /** All of them. */
    List<String> all() {
        List<String> all = new ArrayList<>(allTasks());
        all.addAll(List.of(outcomes(), scheduled(), dead(), starts(), ledger(), heartbeat(), control(), reports()));
        return all;
    }

    /** The lane whose tasks wait in a topic. */
    public static LaneName laneOf(String topic) {
        return LaneName.parse(topic.substring(topic.lastIndexOf('.') + 1)).orElseThrow();
    }

    /** Attempts, and the states that they lead to. */
    public String outcomes() {
        return prefix + ".outcomes";
    }

    /** Tasks whose time has not come. */
    public String scheduled() {
        return prefix + ".scheduled";
    }

    /** Dead letters. */
    public String dead() {
        return prefix + ".dead";
    }

    /** Tasks of queues that have been begun and have not ended. */
    public String starts() {
        return prefix + ".starts";
    }

    /** Totals, with the offsets that they cover. */
    public String ledger() {
        return prefix + ".ledger";
    }

    /** What every process says of itself. */
    public String heartbeat() {
        return prefix + ".heartbeat";
    }

    /** What the lanes shall do. */
    public String control() {
        return prefix + ".control";
    }

    /** Reports of races. */
    public String reports() {
        return prefix + ".reports";
    }

    /** How the names of all topics of races begin. */
    String races() {
        return prefix + ".race-";
    }

    /** The consumer group, or share group, of a lane. */
    public String group(LaneName lane) {
        return prefix + "." + lane;
    }
}
