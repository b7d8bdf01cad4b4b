package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How the pipeline runs in this process. */
@ConfigMapping(prefix = "lanes")
public interface PipelineConfig {
    /** The part that is no lane. */
    String API = "api";

    /** Parts that are no lanes either, and run in races only: a message at a time, as Quarkus does it by itself. */
    List<String> IDIOMS = List.of("idiom-uni", "idiom-blocking", "idiom-virtual");

    /** Another: a lane whose tasks come from memory. */
    String IN_MEMORY = "in-memory";

    /** The parts that this process runs: {@code api} and lanes. */
    @WithDefault("api,sequential,reactive,thread,virtual")
    Set<String> run();

    /** The lane of a task that names none. */
    @WithDefault("virtual")
    String defaultLane();

    /** How many tasks a lane has in flight at once; {@code sequential} and {@code process} have one a process. */
    Map<String, Integer> concurrency();

    /** How long an attempt may run when its task does not say. */
    @WithDefault("5M")
    Duration timeout();

    /** How many attempts a task has that does not say. */
    @WithDefault("3")
    int maxAttempts();

    /** How long a task waits after its first failed attempt; twice as long after each further one. */
    @WithDefault("1S")
    Duration backoff();

    /** How long it waits at most. */
    @WithDefault("5M")
    Duration maxBackoff();

    /** How tasks that fail are tried again. */
    default Retries retries() {
        return new Retries(maxAttempts(), new Backoff(backoff(), maxBackoff()));
    }

    /**
     * How many records a lane may have taken without having acknowledged them, however many are in flight: bounds what
     * runs again after a crash, and how far a slow task may fall behind.
     */
    @WithDefault("20000")
    int maxUnsettled();

    /** Whether tasks that harm their process are taken by lanes that share theirs with others. */
    @WithDefault("false")
    boolean lab();

    /**
     * The lanes that read their topic as a queue, by a share group. {@code thread} may be added, so as to tell what a
     * queue costs from what processes cost; then it has as many members as threads.
     */
    @WithDefault("process")
    Set<String> queues();

    /** How the topics are made. */
    TopicsConfig topics();

    /** The process lane's settings that concern the topic. */
    @WithName("process.partitions")
    @WithDefault("1")
    int processPartitions();

    /** After how many tasks a worker process is replaced; by default it never is. */
    @WithName("process.max-tasks")
    Optional<Integer> maxTasks();

    /** With how much resident memory a worker process is replaced; by default it never is. */
    @WithName("process.max-rss")
    Optional<MemorySize> maxRss();

    /** Whether this process runs nothing but the lane process, and may be ended with a task. */
    default boolean isWorkerProcess() {
        return run().equals(Set.of(LaneName.PROCESS.toString()));
    }

    /** The name under which this instance joins the consumer groups again after a restart. */
    Optional<String> instance();

    /** Settings of the topics. */
    interface TopicsConfig {
        /** The word with which the names of all topics and groups begin. */
        String prefix();

        /** Partitions of the task and outcome topics. */
        @WithDefault("12")
        int partitions();

        /** Copies of each topic on a cluster; at most as many as it has brokers. */
        @WithDefault("1")
        short replication();

        /** How long to wait at the start for Kafka to answer. */
        @WithDefault("30S")
        Duration patience();
    }

    /** Whether this process runs that lane. */
    default boolean runs(LaneName lane) {
        return run().contains(lane.toString());
    }

    /** Whether this process runs that lane, and it reads its topic as a queue. */
    default boolean runsAsQueue(LaneName lane) {
        return runs(lane) && queues().contains(lane.toString());
    }

    /** Whether this process serves REST and the page, and keeps the ledger. */
    default boolean servesApi() {
        return run().contains(API);
    }
}
