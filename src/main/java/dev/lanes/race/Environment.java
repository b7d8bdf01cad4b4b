package dev.lanes.race;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.sun.management.OperatingSystemMXBean;
import dev.lanes.pipeline.Courses;
import dev.lanes.task.Place;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The machine and the programs.
 *
 * @param cores that this process may use
 * @param memoryBytes of the machine, or the limit of the container
 * @param commit from which it was built; null where the build did not know
 * @param jvmFlags of all entrants
 * @param loadAtStart runnable threads over the last minute; null where the system does not tell
 * @param coresOfOthers that programs which are none of ours kept busy during the measured rounds, on average
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Environment(
        String host,
        @Nullable String cpu,
        int cores,
        long memoryBytes,
        String os,
        String jdk,
        String kafka,
        String version,
        @Nullable String commit,
        List<String> jvmFlags,
        @Nullable Double loadAtStart,
        @Nullable Double coresOfOthers) {
    static Environment here(String version, List<String> jvmFlags) {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double load = system.getSystemLoadAverage();
        return new Environment(
                Place.hostName(),
                cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize(),
                system.getName() + " " + system.getVersion() + " " + system.getArch(),
                Runtime.version().toString(),
                Courses.kafkaVersion(),
                version,
                commitOfBuild(),
                jvmFlags,
                load < 0 ? null : load,
                null);
    }

    Environment with(@Nullable Double cores) {
        return new Environment(
                host, cpu, this.cores, memoryBytes, os, jdk, kafka, version, commit, jvmFlags, loadAtStart, cores);
    }

    private static @Nullable String cpuModel() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(null);
        } catch (IOException notLinux) {
            return null;
        }
    }

    /** What the build has noted. */
    private static @Nullable String commitOfBuild() {
        try (InputStream noted = Environment.class.getResourceAsStream("/commit.txt")) {
            String commit = noted == null ? "" : new String(noted.readAllBytes(), StandardCharsets.UTF_8).strip();
            return commit.isEmpty() ? null : commit;
        } catch (IOException unreadable) {
            return null;
        }
    }
}
