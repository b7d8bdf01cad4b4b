package dev.lanes.race.experiment;

import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Creates what can run a task, lets it run one that does nothing, and waits for its end. */
public final class CreationMain {
    private CreationMain() {}

    /** Prints the median nanoseconds of each kind. */
    public static void main(String[] args) throws Exception {
        ProcessBuilder program = new ProcessBuilder("true");
        ProcessBuilder jvm = Peer.command(List.of("-Xmx64m", "-XX:+UseSerialGC"), EmptyMain.class);
        Answer.print(Map.of(
                "program", Stopwatch.medianNanos(100, 1, () -> run(program)),
                "jvm", Stopwatch.medianNanos(5, 1, () -> run(jvm)),
                "platform",
                        Stopwatch.medianNanos(
                                1_000,
                                1,
                                () -> Thread.ofPlatform()
                                        .start(CreationMain::nothing)
                                        .join()),
                "virtual",
                        Stopwatch.medianNanos(
                                1_000,
                                10,
                                () -> Thread.ofVirtual()
                                        .start(CreationMain::nothing)
                                        .join()),
                "uni",
                        Stopwatch.medianNanos(
                                1_000,
                                100,
                                () -> Uni.createFrom()
                                        .voidItem()
                                        .invoke(CreationMain::nothing)
                                        .await()
                                        .indefinitely())));
    }

    private static void nothing() {}

    private static void run(ProcessBuilder program) throws IOException, InterruptedException {
        int status = program.start().waitFor();
        if (status != 0) {
            throw new IOException(program.command() + " ended with status " + status);
        }
    }
}
