package dev.lanes.race;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What speaks against the figures of a race: whoever reads them should know before he believes them. */
final class Doubts {
    /** Of all cores, that others may keep busy, or compilers. */
    private static final double BUSY = 0.1;

    /** Of all cores: with so many busy, compilers take from tasks. */
    private static final double FULL = 0.75;

    private static final double APART = 1.5;
    private static final double RISING = 1.2;
    private static final int SOME_ROUNDS = 3;
    private static final String NOT_WARM = "it was not warm yet (--warm-up gives it longer)";

    private final int cores;
    private final List<String> doubts = new ArrayList<>();

    Doubts(int cores) {
        this.cores = cores;
    }

    /** The lanes raced all at once. */
    void together() {
        doubts.add("the lanes shared the machine: for figures of each alone, race them in turn");
    }

    /** So many cores were busy with what has no part in the race, on average; null where the system does not tell. */
    void busyWithOthers(@Nullable Double busy) {
        if (busy != null && busy > BUSY * cores) {
            say("other programs kept %.2f of %d cores busy meanwhile", busy, cores);
        }
    }

    /**
     * What one entrant did.
     *
     * @param tasksPerSecond round by round
     * @param busy cores that all who had part in it kept busy, on average; null where the system does not tell
     * @param compiling those of them that its compilers did
     */
    void rounds(String name, List<Double> tasksPerSecond, @Nullable Double busy, @Nullable Double compiling) {
        double faster = tasksPerSecond.getLast() / tasksPerSecond.getFirst();
        RaceReport.Spread spread = RaceReport.Spread.of(tasksPerSecond);
        if (busy != null && compiling != null && busy > FULL * cores && compiling > BUSY * cores) {
            say("compilers kept %.2f of %d cores busy in the rounds of %s: " + NOT_WARM, compiling, cores, name);
        }
        if (tasksPerSecond.size() >= SOME_ROUNDS && rising(tasksPerSecond) && faster > RISING) {
            say("%s became faster from round to round, %.1f times in all: " + NOT_WARM, name, faster);
        } else if (spread.max() > APART * spread.min()) {
            say("the fastest round of %s was %.1f times the slowest", name, spread.max() / spread.min());
        }
    }

    /** None where nothing speaks against them. */
    List<String> all() {
        return List.copyOf(doubts);
    }

    private void say(String format, Object... figures) {
        doubts.add(String.format(Locale.ROOT, format, figures));
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
