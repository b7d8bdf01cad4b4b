package dev.lanes.race;

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
        /** The lane {@code thread}, reading a queue as {@code process} does. */
        CONTROL
    }

    /** What its JVMs are told to run; the bare clients have mains of their own. */
    String part() {
        return kind == Kind.IDIOM ? name : lane.toString();
    }

    /** Whether its JVMs are Lanes, and not Kafka's clients alone. */
    boolean isLanes() {
        return runsTasks() || kind == Kind.IDIOM;
    }

    /** How it gets its tasks from Kafka. */
    String delivery() {
        return queue() ? "share group" : "consumer group";
    }

    /** Whether it reads a queue. */
    boolean queue() {
        return kind == Kind.BARE_SHARE_CLIENT || kind == Kind.CONTROL || lane == LaneName.PROCESS;
    }

    /** Whether it runs tasks, and tells of attempts. */
    boolean runsTasks() {
        return kind == Kind.LANE || kind == Kind.CONTROL;
    }

    /** Whether it has an event loop that tasks can block. */
    boolean hasLoop() {
        return kind == Kind.LANE && lane == LaneName.REACTIVE;
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
