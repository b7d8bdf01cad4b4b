package dev.lanes.race;

import dev.lanes.task.LaneName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks the lanes of a race may have in flight where each has JVMs of its own; on {@code process}, how many
 * processes there are.
 *
 * @param everywhere on every concurrent lane ("equal concurrency"); null for "equal budget": the same cores
 * @param stated on some lanes, for an equal budget; the others have what they have by default
 */
public record Concurrency(@Nullable Integer everywhere, Map<LaneName, Integer> stated) {
    public static final int MAX = 10_000;
    public static final int MAX_PROCESSES = 16;
    public static final Concurrency DEFAULT = new Concurrency(null, Map.of());

    public Concurrency {
        stated = new TreeMap<>(stated);
    }

    /** The same on every concurrent lane; on {@code process} as far as there may be so many. */
    public static Concurrency of(int everywhere) {
        return new Concurrency(everywhere, Map.of());
    }

    int of(LaneName lane) {
        int own = everywhere == null ? stated.getOrDefault(lane, usual(lane)) : everywhere;
        return switch (lane) {
            case SEQUENTIAL -> 1;
            case REACTIVE, VIRTUAL, THREAD -> own;
            case PROCESS -> Math.min(own, MAX_PROCESSES);
        };
    }

    private static int usual(LaneName lane) {
        return switch (lane) {
            case SEQUENTIAL -> 1;
            case REACTIVE, VIRTUAL -> 1000;
            case THREAD -> 16;
            case PROCESS -> 3;
        };
    }

    /** What these lanes have alike. */
    String words(List<LaneName> lanes) {
        if (everywhere == null) {
            return "equal budget";
        }
        return everywhere > MAX_PROCESSES && lanes.contains(LaneName.PROCESS)
                ? "equal concurrency, but " + MAX_PROCESSES + " processes"
                : "equal concurrency";
    }

    /** As {@code --concurrency} takes it; null where nothing was said. */
    @Nullable
    String option() {
        if (everywhere != null) {
            return everywhere.toString();
        }
        return stated.isEmpty()
                ? null
                : stated.entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .collect(Collectors.joining(","));
    }
}
