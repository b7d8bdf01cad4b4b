package dev.lanes.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ./lanes down}: stops what {@code up} has started from this home. */
@Command(name = "down", description = "Stop what ./lanes up has started.")
final class DownCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Terminal terminal = Terminal.current();
    private final Settings settings = Settings.current();
    private final Home home = settings.home();

    @Override
    public Integer call() {
        settings.refuseInContainer("docker compose down");
        Optional<RunningApp> running = RunningApp.find(home);
        Optional<ProcessHandle> process = running.flatMap(app -> app.process(home));
        if (running.isEmpty() || process.isEmpty()) {
            terminal.line("nothing is running");
            return 0;
        }
        stop(process.get());
        RunningApp.forget(home, process.get().pid());
        return 0;
    }

    private void stop(ProcessHandle process) {
        long start = System.nanoTime();
        boolean byItself = new Ending(process)
                .end(
                        process::destroy,
                        PATIENCE,
                        waited -> terminal.progress("stopping pid " + process.pid() + ", " + Figures.seconds(waited)));
        terminal.clearProgress();
        String taken = Figures.seconds(Duration.ofNanos(System.nanoTime() - start));
        terminal.line(
                byItself
                        ? "stopped pid " + process.pid() + " in " + taken
                        : "stopped pid " + process.pid() + " by force, as it had not ended after " + taken);
    }
}
