package dev.lanes.race.experiment;

import dev.lanes.pipeline.Courses;
import dev.lanes.process.LaneJvms;
import dev.lanes.task.LaneName;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Opens lanes in JVMs of their own, for tasks that would harm those that run. */
@Singleton
final class OwnLanes {
    private final Courses courses;
    private final LaneJvms jvms;

    OwnLanes(Courses courses, LaneJvms jvms) {
        this.courses = courses;
        this.jvms = jvms;
    }

    /**
     * How one of the JVMs is started.
     *
     * @param settings beside those of this process, and before them
     */
    record Setup(List<String> flags, Map<String, String> settings) {}

    /**
     * Starts a lane in so many JVMs on topics of its own, and waits until each of them has run a task.
     *
     * @param setup by how often a JVM has been started again; its name in the groups stays the same
     * @throws IOException when one cannot be started, or runs none within a minute
     */
    OwnLane open(LaneName lane, int count, IntFunction<Setup> setup) throws IOException {
        if (!jvms.packaged()) {
            throw new IOException("there is no packaged application at " + jvms.app() + ": run ./mvnw package");
        }
        String prefix = courses.prefix(Long.toString(System.currentTimeMillis(), Character.MAX_RADIX));
        OwnLane own = new OwnLane(lane, courses.open(prefix, Set.of(LaneName.PROCESS)));
        try {
            for (int number = 1; number <= count; number++) {
                String instance = prefix + "-" + number;
                String log = "experiment-" + lane + "-" + number;
                own.add(new OwnJvm(restarts -> {
                    Setup now = setup.apply(restarts);
                    return jvms.part(log, lane.toString(), now.flags(), with(now.settings(), prefix, instance));
                }));
            }
            own.awaitAll();
            return own;
        } catch (IOException | RuntimeException broken) {
            own.close();
            throw broken;
        }
    }

    private static Map<String, String> with(Map<String, String> settings, String prefix, String instance) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("lanes.topics.prefix", prefix);
        all.put("lanes.instance", instance);
        return all;
    }
}
