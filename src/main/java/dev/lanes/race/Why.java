package dev.lanes.race;

import dev.lanes.task.LaneName;

/** Why a lane takes the time that it takes. */
final class Why {
    private Why() {}

    static String waiting(LaneName lane) {
        return switch (lane) {
            case SEQUENTIAL -> "One thread sits through each wait before it begins the next: the waits add up.";
            case REACTIVE ->
                "One thread starts all three waits and is free meanwhile: concurrency without a second thread.";
            case THREAD -> "Each wait has a platform thread of its own to sit through it.";
            case VIRTUAL -> "Each wait has a virtual thread, which holds no platform thread while it waits.";
            case PROCESS -> "Each wait is in a process of its own, which took it from the queue as it was free.";
        };
    }

    static String computing(LaneName lane, int cores) {
        String parallel =
                cores > 1 ? "on " + cores + " cores at once" : "but there is one core only, so they take turns";
        return switch (lane) {
            case SEQUENTIAL -> "One thread computes one task after the other, on one core.";
            case REACTIVE -> "One thread can compute for one task at a time: async is concurrent, not parallel.";
            case THREAD -> "Platform threads compute " + parallel + ": the JVM has no lock that stops them.";
            case VIRTUAL ->
                "Virtual threads are carried by as many platform threads as there are cores, and one that computes keeps"
                        + " its carrier to the end: " + parallel + ", the third task after them.";
            case PROCESS -> "The processes compute " + parallel + ", and share nothing.";
        };
    }
}
