package dev.lanes.race.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

@Singleton
final class SharedState implements Experiment {
    private static final int UPDATES = 20_000_000;
    private static final int LOOP_UPDATES = UPDATES / SharedStateMain.LOOP_PART;
    private static final int LONGER = 5;
    private static final List<String> FLAGS = List.of(
            "-Xmx256m",
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=dontinline,dev.lanes.race.experiment.Counter*::add");

    @Override
    public Claim claim() {
        return new Claim(
                "10",
                "shared-state",
                "State that threads share needs synchronisation.",
                "Holds: counter += 1 is a read and a write, and the GIL may change hands in between; that CPython since"
                        + " 3.10 seldom does so just there hides the error.",
                "Holds: count++ is a read and a write, and two cores do both at the same time; volatile does not make"
                        + " them one.",
                "a plain counter loses at least one of millions of updates, and each synchronised one none; an event"
                        + " loop loses none, unless it yields between read and write",
                "Threads add to one plain counter without a lock. How many of 100 updates are lost?",
                "%",
                "Give each piece of state one owner, or one lock, or make it atomic. On an event loop that is needed as"
                        + " well, as soon as an await lies between reading and writing.");
    }

    @Override
    public Finding run(Lab lab) throws Exception {
        int threads = 2 * lab.cores();
        lab.step("adding from " + threads + " threads");
        JsonNode tried = measured(lab, FLAGS, threads, UPDATES);
        long lost = lost(tried, "plain");
        int of = UPDATES;
        String where = "";
        if (lost == 0) {
            lab.step("adding for longer, as no update was lost");
            of = LONGER * UPDATES;
            lost = lost(measured(lab, FLAGS, threads, of, "plain"), "plain");
            where = ", as the first " + Human.number(UPDATES) + " were not enough";
        }
        if (lost == 0) {
            lab.step("adding without the compiler, as no update was lost");
            lost = lost(measured(lab, with("-Xint"), threads, of, "plain"), "plain");
            where =
                    " while interpreted (compiled, count++ is one instruction, which loses only where two cores run at the same"
                            + " time)";
        }
        boolean holds = lost > 0
                && lost(tried, "synchronized") == 0
                && lost(tried, "atomic") == 0
                && lost(tried, "adder") == 0
                && lost(tried, "loop") == 0
                && lost(tried, "yieldingLoop") > 0;
        Finding.Figures figures = new Finding.Figures();
        figures.add("plain, lost", (double) lost, "of " + Human.number(of) + " updates" + where);
        figures.add("plain", nanos(tried, "plain"), "ns an update");
        add(figures, tried, "volatile", "volatile", UPDATES);
        add(figures, tried, "synchronized", "synchronized", UPDATES);
        add(figures, tried, "AtomicLong", "atomic", UPDATES);
        add(figures, tried, "LongAdder", "adder", UPDATES);
        add(figures, tried, "event loop", "loop", LOOP_UPDATES);
        add(figures, tried, "event loop that yields in between", "yieldingLoop", LOOP_UPDATES);
        return Finding.of(
                holds,
                threads + " threads lost " + Human.number((double) lost) + " of " + Human.number(of)
                        + " updates on a plain counter" + where + "; with synchronisation "
                        + (lost(tried, "synchronized") + lost(tried, "atomic") + lost(tried, "adder"))
                        + "; on an event loop " + lost(tried, "loop") + ", yielding in between "
                        + Human.number((double) lost(tried, "yieldingLoop")) + " of " + Human.number(LOOP_UPDATES),
                100.0 * lost / of,
                figures.list(),
                "Wall time for all threads together, by their updates, after a warm-up. The JVM is told not to inline"
                        + " the addition, so that it makes every one of them. The loop is one thread with 100"
                        + " coroutines that take turns.");
    }

    private static void add(Finding.Figures figures, JsonNode tried, String name, String key, int of) {
        figures.add(name + ", lost", (double) lost(tried, key), "of " + Human.number(of) + " updates");
        figures.add(name, nanos(tried, key), "ns an update");
    }

    private static List<String> with(String flag) {
        List<String> flags = new ArrayList<>(FLAGS);
        flags.add(flag);
        return flags;
    }

    private static JsonNode measured(Lab lab, List<String> flags, int threads, int updates, String... which)
            throws Exception {
        List<String> args = new ArrayList<>(List.of(Integer.toString(threads), Integer.toString(updates)));
        args.addAll(List.of(which));
        return lab.measured(SharedStateMain.class, flags, args.toArray(String[]::new));
    }

    private static long lost(JsonNode tried, String counter) {
        return tried.path(counter + "Lost").asLong();
    }

    private static double nanos(JsonNode tried, String counter) {
        return tried.path(counter + "Nanos").asDouble();
    }
}
