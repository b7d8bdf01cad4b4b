package dev.lanes.cli;

import dev.lanes.process.ChildJvm;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./lanes up}: starts everything on this machine, and stops it all on Ctrl-C. */
@Command(
        name = "up",
        sortOptions = false,
        description =
                "Start Kafka, the lanes, the worker processes and the page (builds when needed); Ctrl-C stops all.")
final class UpCommand implements Callable<Integer> {
    private static final int MOST_PROCESSES = 64;
    private static final int ENDED_BY_TERM = 143;

    @Option(names = "--detach", description = "Start in the background and return once ready; ./lanes down stops it.")
    private boolean detach;

    @Option(
            names = "--processes",
            paramLabel = "N",
            defaultValue = "${env:LANES_PROCESS_COUNT:-3}",
            description = "Worker processes of the process lane, 0..64 (default: 3).")
    private int processes;

    @Option(names = "--port", paramLabel = "P", description = "The HTTP port (default: LANES_PORT or 8080).")
    private @Nullable Integer givenPort;

    private final Terminal terminal = Terminal.current();
    private final Settings settings = Settings.current();
    private final Home home = settings.home();

    @Override
    public Integer call() throws IOException {
        settings.refuseInContainer("docker compose up -d");
        int port = givenPort != null
                ? Ports.check("--port", givenPort)
                : settings.httpPort().orElse(Settings.HTTP_PORT);
        check(port);
        ChildJvm jvm = new AppJvm(settings).everything(port, processes);
        AppLog log = AppLog.fromNow(home.appLog());
        StartedApp app = detach ? StartedApp.detached(jvm) : StartedApp.attached(jvm);
        Thread stopper = Thread.ofPlatform().name("lanes-stop").unstarted(() -> stop(app));
        Runtime.getRuntime().addShutdownHook(stopper);
        RunningApp.of(app.handle(), port, settings.otherKafka().isEmpty() ? settings.kafkaPort() : null)
                .note(home);
        new Startup(terminal, settings, processes).await(app, log, LanesApi.local(port), detach);
        if (detach) {
            Runtime.getRuntime().removeShutdownHook(stopper);
            return 0;
        }
        return watch(app, log);
    }

    private void check(int port) {
        if (processes < 0 || processes > MOST_PROCESSES) {
            throw CommandFailed.usage("--processes is " + processes + ": give a number in 0.." + MOST_PROCESSES);
        }
        if (!settings.installation().packaged()) {
            throw new CommandFailed("no build in " + settings.installation().app() + ": start me as ./lanes up");
        }
        home.prepare();
        new Occupants(settings).check(port);
    }

    private int watch(StartedApp app, AppLog log) {
        int status = app.awaitEnd();
        if (app.stopping()) {
            return 0;
        }
        if (status == ENDED_BY_TERM) {
            terminal.line("stopped from outside (./lanes down or another SIGTERM)");
            return status;
        }
        throw new CommandFailed(log.cause().orElse("the application ended by itself, with status " + status) + " (log: "
                + Home.shown(log.file()) + ")");
    }

    /** Runs as a shutdown hook: on Ctrl-C and TERM, and also when the start has failed or the application has ended. */
    private void stop(StartedApp app) {
        if (app.alive()) {
            long start = System.nanoTime();
            app.stop();
            terminal.line("stopped in " + Figures.seconds(Duration.ofNanos(System.nanoTime() - start)));
        }
        RunningApp.forget(home, app.handle().pid());
    }
}
