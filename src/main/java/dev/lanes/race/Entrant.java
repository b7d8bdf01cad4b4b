package dev.lanes.race;

import dev.lanes.pipeline.PipelineConfig;
import dev.lanes.task.LaneName;

/**
 * One who races.
 *
 * @param name as reports call it
 * @param lane whose topic it reads
 * @param concurrency tasks that it may have in flight; for processes, their number
 */
record Entrant(String name, Kind kind, LaneName lane, int concurrency) {
    static final String BARE_CLIENT = "bare client";
    static final String BARE_SHARE_CLIENT = "bare share client";
    static final String CONTROL = "thread over a share group";

    /** More clients than that share JVMs, as memory is dear, and they are the cheap ones of a race. */
    private static final int MOST_CLIENT_JVMS = 4;

    /** What it is. */
    enum Kind {
        /** Kafka's clients alone, as a consumer group. */
        BARE_CLIENT,
        /** Kafka's clients alone, as a share group. */
        BARE_SHARE_CLIENT,
        /** Quarkus' own idiom, a message at a time. */
        IDIOM,
        LANE,
        /** A lane whose JVM keeps the ledger too, and serves REST, as that of {@code ./lanes up} does. */
        LEDGER,
        /** A lane that gets its tasks from memory: what it does where Kafka costs nothing. */
        IN_MEMORY,
        /** The lane {@code thread}, reading a queue as {@code process} does. */
        CONTROL
    }

    static Entrant ledger(LaneName lane, int concurrency) {
        return new Entrant(lane + ", ledger", Kind.LEDGER, lane, concurrency);
    }

    static Entrant inMemory(LaneName lane, int concurrency) {
        return new Entrant(lane + ", in memory", Kind.IN_MEMORY, lane, concurrency);
    }

    /** The name as topics and files may have it. */
    String slug() {
        return name.replace(",", "").replace(' ', '-');
    }

    /** What its JVMs are told to run; the bare clients have mains of their own. */
    String part() {
        return switch (kind) {
            case IDIOM -> name;
            case LEDGER -> PipelineConfig.API + "," + lane;
            case IN_MEMORY -> PipelineConfig.IN_MEMORY;
            case LANE, CONTROL, BARE_CLIENT, BARE_SHARE_CLIENT -> lane.toString();
        };
    }

    /** Whether its JVMs are Lanes, and not Kafka's clients alone. */
    boolean isLanes() {
        return runsTasks() || kind == Kind.IDIOM;
    }

    /** How it gets its tasks. */
    String delivery() {
        if (kind == Kind.IN_MEMORY) {
            return "memory";
        }
        return queue() ? "share group" : "consumer group";
    }

    /** Whether it reads a queue. */
    boolean queue() {
        return kind == Kind.BARE_SHARE_CLIENT || kind == Kind.CONTROL || lane == LaneName.PROCESS;
    }

    /** Whether it runs tasks. */
    boolean runsTasks() {
        return switch (kind) {
            case LANE, LEDGER, IN_MEMORY, CONTROL -> true;
            case BARE_CLIENT, BARE_SHARE_CLIENT, IDIOM -> false;
        };
    }

    /** Whether it is there to be compared with its lane alone. */
    boolean standsBesideItsLane() {
        return kind == Kind.LEDGER || kind == Kind.IN_MEMORY;
    }

    /** Whether it tells for how long tasks block its event loop. */
    boolean hasLoop() {
        return (kind == Kind.LANE || kind == Kind.LEDGER) && lane == LaneName.REACTIVE;
    }

    /** How many JVMs it has. */
    int jvms() {
        if (kind == Kind.BARE_SHARE_CLIENT) {
            return Math.min(concurrency, MOST_CLIENT_JVMS);
        }
        return lane == LaneName.PROCESS ? concurrency : 1;
    }

    /** How many of Kafka's clients read in the JVM of that number, from 1 on. */
    int clients(int jvm) {
        return concurrency / jvms() + (jvm <= concurrency % jvms() ? 1 : 0);
    }
}
