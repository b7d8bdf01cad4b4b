package dev.lanes.race.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanes.race.experiment.Bars.Bar;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

@Singleton
final class InterpreterLockModel implements Experiment {
    private static final double NO_GAIN = 1.2;
    private static final double OF_WAITS = 0.8;
    private static final double GAIN = 1.6;
    private static final int MOST = 16;

    @Override
    public Claim claim() {
        return new Claim(
                "9",
                "interpreter-lock",
                "An interpreter lock (the GIL) takes parallelism from threads that compute, not from processes, waits or"
                        + " code that releases it.",
                "Holds: CPython lets one thread at a time run bytecode, unless it is the free-threaded build (since 3.13).",
                "The JVM has no such lock: here it is modelled, to show on the same machine what it does.",
                "speed-up with a worker for each core: computing at most " + NO_GAIN + ", waiting at least " + OF_WAITS
                        + " of the workers, computing with the lock released, and in processes, at least " + GAIN,
                "How many times as fast as one thread does a thread for each core (at least two) compute under such a lock?",
                "times",
                "In Python, threads are right for waiting and for libraries that release the lock; what computes in"
                        + " Python itself needs processes. On the JVM threads do for both.");
    }

    @Override
    public Finding run(Lab lab) throws Exception {
        int workers = Math.clamp(lab.cores(), 2, MOST);
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        lab.step("one worker against " + workers + ", four cases");
        JsonNode speedUps = lab.measured(InterpreterLockMain.class, List.of("-Xmx256m"), Integer.toString(workers));
        double computing = speedUps.path("computing").asDouble();
        double waiting = speedUps.path("waiting").asDouble();
        double released = speedUps.path("released").asDouble();
        double processes = speedUps.path("processes").asDouble();
        boolean holds = computing <= NO_GAIN && waiting >= OF_WAITS * workers && released >= GAIN && processes >= GAIN;
        return Finding.of(
                        holds,
                        workers + " workers against one: computing under the lock " + times(computing) + ", waiting "
                                + times(waiting) + ", computing with it released " + times(released)
                                + ", in processes " + times(processes)
                                + (holds ? "" : why(lab.cores(), load)),
                        computing,
                        new Finding.Figures()
                                .add("threads computing under the lock", computing, "times one")
                                .add("threads waiting", waiting, "times one")
                                .add("threads computing with the lock released", released, "times one")
                                .add("processes computing, each with its lock", processes, "times one")
                                .add(
                                        "hand-overs while threads compute",
                                        speedUps.path("switchesPerSecond").asDouble(),
                                        "a second")
                                .list(),
                        "A model of CPython's lock: held to run, released round each wait, asked for by who has waited"
                                + " 5 ms (sys.setswitchinterval) and then handed over. Units done in 150 ms, the best of"
                                + " 7 rounds each; a process is a JVM of its own.")
                .with(Bars.linear(List.of(
                        new Bar("computing under the lock", computing, times(computing)),
                        new Bar("waiting", waiting, times(waiting)),
                        new Bar("computing, lock released", released, times(released)),
                        new Bar("computing in processes", processes, times(processes)))));
    }

    private static String why(int cores, double load) {
        if (cores == 1) {
            return "; the last two gain nothing for want of cores: this process may use one";
        }
        return load > cores
                ? "; the machine was busy with other work before (load average " + Human.number(load) + ")"
                : "";
    }

    private static String times(double speedUp) {
        return String.format(Locale.ROOT, "x%.2f", speedUp);
    }
}
