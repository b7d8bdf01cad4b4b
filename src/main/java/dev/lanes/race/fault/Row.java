package dev.lanes.race.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What came of a fault on a lane, or on several together.
 *
 * @param hurt tasks that took an attempt more than they need by themselves, or had one whose process died; of a task
 *     that runs for less than a quarter of a second, a first run may leave no trace
 * @param duplicates outcomes beyond the first of an attempt: work done twice
 * @param lost the ids of the tasks that did not end
 * @param recovery as {@link Recovery} defines it; null when nothing ended after the fault
 * @param problems what else is wrong; empty when all is as it must be
 * @param notRun why the fault was not inflicted; null when it was
 */
public record Row(
        Fault fault,
        String lanes,
        int tasks,
        int hurt,
        long duplicates,
        List<String> lost,
        @Nullable Duration recovery,
        List<String> problems,
        @Nullable String notRun) {

    static Row of(Fault fault, String lanes, Tally tally, @Nullable Duration recovery) {
        return new Row(
                fault,
                lanes,
                tally.tasks(),
                tally.hurt(),
                tally.duplicates(),
                tally.lost(),
                recovery,
                tally.problems(),
                null);
    }

    /** This machine does not allow the fault. */
    static Row notRun(Fault fault, String lanes, String why) {
        return new Row(fault, lanes, 0, 0, 0, List.of(), null, List.of(), why);
    }

    /** It could have been inflicted, and was not: nothing is known, which must not look as if all were well. */
    static Row missed(Fault fault, String lanes, String why) {
        return new Row(fault, lanes, 0, 0, 0, List.of(), null, List.of("not inflicted: " + why), why);
    }

    static Row failed(Fault fault, String lanes, String why) {
        return new Row(fault, lanes, 0, 0, 0, List.of(), null, List.of(why), null);
    }

    /** Whether no task was lost, and everything else is as it must be; also where this machine allows no such fault. */
    public boolean good() {
        return lost.isEmpty() && problems.isEmpty();
    }

    Row with(List<String> more) {
        List<String> all = Stream.concat(problems.stream(), more.stream()).toList();
        return new Row(fault, lanes, tasks, hurt, duplicates, lost, recovery, all, notRun);
    }

    /** Both rounds in one, with the longer recovery. */
    Row and(Row next) {
        Row sum = new Row(
                fault,
                lanes,
                tasks + next.tasks,
                hurt + next.hurt,
                duplicates + next.duplicates,
                Stream.concat(lost.stream(), next.lost.stream()).toList(),
                longer(recovery, next.recovery),
                problems,
                null);
        return sum.with(new ArrayList<>(next.problems));
    }

    private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
        return one == null || other != null && other.compareTo(one) > 0 ? other : one;
    }
}
