package dev.lanes.race.experiment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Measures what threads, and processes, gain under an interpreter lock. */
public final class InterpreterLockMain {
    private static final Duration WINDOW = Duration.ofMillis(150);
    private static final int ROUNDS = 7;
    private static final int WARM_UPS = 2;

    private final int many;
    private final List<Peer> peers = new ArrayList<>();
    private final List<BufferedReader> answers = new ArrayList<>();
    /** In the last round of many threads that computed. */
    private long switches;

    private InterpreterLockMain(int many) {
        this.many = many;
    }

    /** Prints the speed-up of {@code args[0]} threads, or processes, over one, and the switches a second. */
    public static void main(String[] args) throws Exception {
        InterpreterLockMain main = new InterpreterLockMain(Integer.parseInt(args[0]));
        try {
            main.startPeers();
            Answer.print(main.measure());
        } finally {
            for (Peer peer : main.peers) {
                peer.close();
            }
        }
    }

    private void startPeers() throws IOException {
        for (int number = 0; number < many; number++) {
            Peer peer = Peer.start(InterpreterMain.class);
            peers.add(peer);
            answers.add(new BufferedReader(new InputStreamReader(peer.from(), StandardCharsets.UTF_8)));
        }
    }

    /** Units that so many threads, or processes, get done in a window. */
    private interface Units {
        long of(int workers) throws Exception;
    }

    /** One case after the other in each round, so that whatever else the machine does meets them all. */
    private Map<String, Double> measure() throws Exception {
        Map<String, Units> cases = Map.of(
                "computing",
                this::computing,
                "waiting",
                threads -> units(threads, InterpretedWork::waiting),
                "released",
                threads -> units(threads, InterpretedWork::released),
                "processes",
                this::inProcesses);
        Map<String, BestOfRounds> speedUps = new TreeMap<>();
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
            for (var each : cases.entrySet()) {
                BestOfRounds speedUp = speedUps.computeIfAbsent(each.getKey(), name -> new BestOfRounds());
                long one = each.getValue().of(1);
                long all = each.getValue().of(many);
                if (round >= 0) {
                    speedUp.add(one, all);
                }
            }
        }
        Map<String, Double> values = new TreeMap<>();
        speedUps.forEach((name, speedUp) -> values.put(name, speedUp.value()));
        values.put("switchesPerSecond", switches * 1e3 / WINDOW.toMillis());
        return values;
    }

    private long computing(int threads) throws Exception {
        InterpreterLock lock = new InterpreterLock(InterpreterLock.SWITCH_INTERVAL);
        long units = Crew.units(threads, WINDOW, time -> InterpretedWork.computing(lock, time));
        switches = lock.switches();
        return units;
    }

    private interface Form {
        long repeat(InterpreterLock lock, BooleanSupplier time);
    }

    private static long units(int threads, Form form) throws Exception {
        InterpreterLock lock = new InterpreterLock(InterpreterLock.SWITCH_INTERVAL);
        return Crew.units(threads, WINDOW, time -> form.repeat(lock, time));
    }

    private long inProcesses(int count) throws IOException {
        byte[] order = (WINDOW.toMillis() + "\n").getBytes(StandardCharsets.UTF_8);
        for (Peer peer : peers.subList(0, count)) {
            peer.to().write(order);
            peer.to().flush();
        }
        long units = 0;
        for (BufferedReader answer : answers.subList(0, count)) {
            String line = answer.readLine();
            if (line == null) {
                throw new IOException("a process has ended before it answered");
            }
            units += Long.parseLong(line);
        }
        return units;
    }
}
