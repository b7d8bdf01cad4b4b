package dev.lanes.race.experiment;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How a JVM is kept to one core.
 *
 * @param launcher what starts the JVM; empty for nothing
 * @param flags for the JVM
 * @param words how it is done, for people
 */
record OneCore(List<String> launcher, List<String> flags, String words) {
    private static final Path OWN_STATUS = Path.of("/proc/self/status");
    private static final Pattern FIRST_ALLOWED = Pattern.compile("(?m)^Cpus_allowed_list:\\s*(\\d+)");

    /** By the system where it has taskset, else as far as the JVM itself can. */
    static OneCore here() {
        return taskset(System.getenv().getOrDefault("PATH", ""))
                .flatMap(taskset -> ownStatus().flatMap(status -> by(taskset, status)))
                .orElseGet(OneCore::byFlag);
    }

    /** The first core on which this process may run, as the system's account of it says. */
    static Optional<OneCore> by(Path taskset, String status) {
        return FIRST_ALLOWED
                .matcher(status)
                .results()
                .map((MatchResult line) -> line.group(1))
                .findFirst()
                .map(core -> new OneCore(
                        List.of(taskset.toString(), "-c", core), List.of(), "bound to one core by taskset -c " + core));
    }

    static OneCore byFlag() {
        String flag = "-XX:ActiveProcessorCount=1";
        return new OneCore(
                List.of(),
                List.of(flag),
                "told " + flag + ", as there is no taskset here: the system may give it more than one core");
    }

    private static Optional<Path> taskset(String path) {
        return List.of(path.split(File.pathSeparator)).stream()
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "taskset"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<String> ownStatus() {
        try {
            return Optional.of(Files.readString(OWN_STATUS));
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }
}
