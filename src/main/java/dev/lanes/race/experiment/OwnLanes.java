package dev.lanes.race.experiment;

import dev.lanes.pipeline.Courses;
import dev.lanes.process.LaneJvms;
import dev.lanes.task.LaneName;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Opens lanes in JVMs of their own, for tasks that would harm those that run. */
@Singleton
final class OwnLanes {
    /** Starting takes most of the time of these JVMs, and the second compiler takes cores from others that start. */
    static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    private final Courses courses;
    private final LaneJvms jvms;

    OwnLanes(Courses courses, LaneJvms jvms) {
        this.courses = courses;
        this.jvms = jvms;
    }

    /**
     * How one of the JVMs is started.
     *
     * @param launcher a program, with its arguments, that becomes the JVM; empty for none
     * @param settings beside those of this process, and before them
     */
    record Setup(List<String> launcher, List<String> flags, Map<String, String> settings) {
        Setup(List<String> flags, Map<String, String> settings) {
            this(List.of(), flags, settings);
        }
    }

    /**
     * Starts JVMs on topics of their own, and waits until each of them has run a task.
     *
     * @param parts the lanes that each of them runs
     * @param count how many JVMs
     * @param setup by how often a JVM has been started again; its name in the groups stays the same
     * @throws IOException when one cannot be started, or runs none within a minute
     */
    OwnLane open(List<LaneName> parts, int count, IntFunction<Setup> setup) throws IOException {
        if (!jvms.packaged()) {
            throw new IOException("there is no packaged application at " + jvms.app() + ": run ./mvnw package");
        }
        String prefix = courses.prefix(Long.toString(System.currentTimeMillis(), Character.MAX_RADIX));
        OwnLane own = new OwnLane(
                parts.getFirst(), courses.open(prefix, EnumSet.allOf(LaneName.class), Set.of(LaneName.PROCESS)));
        String run = parts.stream().map(LaneName::toString).collect(Collectors.joining(","));
        try {
            for (int number = 1; number <= count; number++) {
                String instance = prefix + "-" + number;
                String log = "experiment-" + run.replace(',', '-') + "-" + number;
                own.add(new OwnJvm(restarts -> {
                    Setup now = setup.apply(restarts);
                    return jvms.part(log, run, now.flags(), with(now.settings(), prefix, instance))
                            .startBy(now.launcher());
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
