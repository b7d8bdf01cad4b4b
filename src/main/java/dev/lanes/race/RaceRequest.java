package dev.lanes.race;

import dev.lanes.task.LaneName;
import dev.lanes.task.RawJson;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is raced.
 *
 * @param type of all tasks
 * @param payload of each of them
 * @param lanes in this order
 * @param mode where, and one after the other or all at once
 * @param count tasks a round; null for as many as each entrant does in 2 to 4 s
 * @param concurrency tasks in flight on the lanes
 * @param ratePerSecond at which tasks come ("open loop"); null for all at once ("closed loop")
 * @param repeat measured rounds of each entrant
 * @param warmUpSeconds for at most so long in all each entrant warms up, while its JVM still compiles; longer where more
 *     JVMs than there are cores do so at the same time
 * @param beside what else races, to compare the lanes with
 */
public record RaceRequest(
        String type,
        RawJson payload,
        List<LaneName> lanes,
        Mode mode,
        @Nullable Integer count,
        Concurrency concurrency,
        @Nullable Integer ratePerSecond,
        int repeat,
        int warmUpSeconds,
        Set<Beside> beside) {
    public static final int MAX_COUNT = 1_000_000;
    public static final int MAX_RATE = 1_000_000;
    public static final int MAX_REPEAT = 20;
    public static final int MAX_WARM_UP_SECONDS = 300;
    public static final int WARM_UP_SECONDS = 5;

    /** Where it is run. */
    public enum Mode {
        /** The evidence: each lane in JVMs of its own, and one after the other has the machine. */
        IN_TURN("in turn"),
        /** The show: all at once, on the lanes that run. */
        TOGETHER("together");

        private final String words;

        Mode(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** What may be asked for beside the lanes. */
    public enum Beside {
        /** Quarkus' own idiom, a message at a time. */
        IDIOMS,
        /** Each lane that shares its process with others, once more with the ledger in its JVM. */
        LEDGER,
        /** The lanes in {@link #WITH_CEILING} once more, with their tasks from memory. */
        CEILING;

        private String option() {
            return "--" + name().toLowerCase(Locale.ROOT);
        }
    }

    /** Those that have many tasks in flight in one process. */
    public static final Set<LaneName> WITH_CEILING = Set.of(LaneName.REACTIVE, LaneName.THREAD, LaneName.VIRTUAL);

    /** The same with no-op tasks that come all at once. */
    RaceRequest ofNoops() {
        return new RaceRequest(
                "noop", RawJson.of("{}"), lanes, mode, count, concurrency, null, repeat, warmUpSeconds, beside);
    }

    boolean asksFor(Beside one) {
        return beside.contains(one);
    }

    /** What the lanes have alike. */
    String budget() {
        return concurrency.words(lanes);
    }

    /** Whether its tasks do nothing, so that figures tell of nothing but the lanes themselves. */
    boolean noops() {
        return type.equals("noop");
    }

    /** The command that repeats it. */
    String command() {
        StringBuilder command = new StringBuilder("./lanes race " + type);
        PayloadWords.of(payload).forEach(word -> command.append(' ').append(word));
        if (lanes.size() < LaneName.values().length) {
            command.append(" --lanes ")
                    .append(String.join(
                            ",", lanes.stream().map(LaneName::toString).toList()));
        }
        option(command, "--count", count);
        option(command, "--concurrency", concurrency.option());
        option(command, "--rate", ratePerSecond);
        option(command, "--repeat", repeat);
        option(command, "--warm-up", warmUpSeconds == WARM_UP_SECONDS ? null : warmUpSeconds);
        beside.stream().sorted().forEach(one -> command.append(' ').append(one.option()));
        return mode == Mode.TOGETHER ? command.append(" --together").toString() : command.toString();
    }

    private static void option(StringBuilder command, String name, @Nullable Object value) {
        if (value != null) {
            command.append(' ').append(name).append(' ').append(value);
        }
    }
}
