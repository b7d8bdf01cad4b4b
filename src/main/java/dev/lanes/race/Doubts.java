package dev.lanes.race;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What speaks against the figures of a race: whoever reads them should know before he believes them. */
final class Doubts {
    /** Of all cores, that others may keep busy. */
    private static final double BUSY = 0.1;

    private static final double APART = 1.5;
    private static final double RISING = 1.2;
    private static final int SOME_ROUNDS = 3;

    private Doubts() {}

    /**
     * None where nothing does.
     *
     * @param coresOfOthers that others kept busy on average; null where the system does not tell
     * @param tasksPerSecond of each entrant, round by round
     */
    static List<String> of(
            RaceRequest.Mode mode,
            int cores,
            @Nullable Double coresOfOthers,
            Map<String, List<Double>> tasksPerSecond) {
        List<String> doubts = new ArrayList<>();
        if (mode == RaceRequest.Mode.TOGETHER) {
            doubts.add("the lanes shared the machine: for figures of each alone, race them in turn");
        }
        if (coresOfOthers != null && coresOfOthers > BUSY * cores) {
            doubts.add(String.format(
                    Locale.ROOT, "other programs kept %.2f of %d cores busy meanwhile", coresOfOthers, cores));
        }
        tasksPerSecond.forEach((name, rounds) -> {
            double faster = rounds.getLast() / rounds.getFirst();
            RaceReport.Spread spread = RaceReport.Spread.of(rounds);
            if (rounds.size() >= SOME_ROUNDS && rising(rounds) && faster > RISING) {
                doubts.add(String.format(
                        Locale.ROOT,
                        "%s became faster from round to round, %.1f times in all: it was not warm yet",
                        name,
                        faster));
            } else if (spread.max() > APART * spread.min()) {
                doubts.add(String.format(
                        Locale.ROOT,
                        "the fastest round of %s was %.1f times the slowest",
                        name,
                        spread.max() / spread.min()));
            }
        });
        return doubts;
    }

    private static boolean rising(List<Double> rounds) {
        for (int next = 1; next < rounds.size(); next++) {
            if (rounds.get(next) <= rounds.get(next - 1)) {
                return false;
            }
        }
        return true;
    }
}
