package dev.lanes.race.experiment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** A process with an interpreter lock of its own and one thread, which computes when it is told to. */
public final class InterpreterMain {
    private InterpreterMain() {}

    /** Reads durations in ms, a line each; computes so long, and answers the units done. */
    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        InterpreterLock lock = new InterpreterLock(InterpreterLock.SWITCH_INTERVAL);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String ms = orders.readLine(); ms != null; ms = orders.readLine()) {
            Duration window = Duration.ofMillis(Long.parseLong(ms));
            System.out.println(Crew.units(1, window, time -> InterpretedWork.computing(lock, time)));
        }
    }
}
