package dev.lanes.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The threads of a process by name, numbered siblings counted together.
 *
 * <p>Linux tells the names of any process's threads, cut to 15 characters; elsewhere there are none. Virtual threads
 * are no threads of the system and never among them.
 */
record ThreadNames(Map<String, Long> counts) {
    static final ThreadNames NONE = new ThreadNames(Map.of());

    private static final String OURS = "lanes";
    /** The thread of every child process that waits for its parent's end: of no interest to anybody. */
    private static final String WATCH = "lanes-parent";

    static ThreadNames of(long pid) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return counted(tasks.map(task -> name(task.resolve("comm"))).toList());
        } catch (IOException notLinuxOrGone) {
            return NONE;
        }
    }

    static ThreadNames counted(Collection<String> names) {
        return new ThreadNames(names.stream()
                .map(name -> name.replaceFirst("[-#_ ]*[0-9]+$", ""))
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting())));
    }

    private static String name(Path comm) {
        try {
            return Files.readString(comm).strip();
        } catch (IOException ended) {
            return "";
        }
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    /** Our own by name, the JVM's and the libraries' as one number. */
    @Override
    public String toString() {
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        List<String> ours = new ArrayList<>();
        counts.forEach((name, count) -> {
            if (name.startsWith(OURS) && !name.startsWith(WATCH)) {
                ours.add(count == 1 ? name : name + " x" + count);
            }
        });
        return all + " threads" + (ours.isEmpty() ? "" : " (" + String.join(", ", ours) + ", ...)");
    }

    ObjectNode json() {
        ObjectNode json = LanesApi.JSON.createObjectNode();
        counts.forEach(json::put);
        return json;
    }
}
