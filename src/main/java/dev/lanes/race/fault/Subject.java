package dev.lanes.race.fault;

import dev.lanes.broker.BrokerMain;
import dev.lanes.process.ChildJvm;
import dev.lanes.task.LaneName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Lanes to be hurt: the application with its embedded Kafka and its worker processes, on free ports, with a home of
 * its own. All of it ends when this process does, by whatever.
 */
final class Subject implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration GRACE = Duration.ofSeconds(9);
    private static final Duration END = Duration.ofSeconds(15);

    private final SubjectSettings settings;
    private final Path home;
    private final int kafkaPort = SubjectSettings.freePort();
    private final int port = SubjectSettings.freePort();
    private final FrontDoor front = new FrontDoor(port);
    private final List<Process> instances = new ArrayList<>();
    private @Nullable Process app;
    private volatile boolean closed;

    /**
     * @param home an absolute path
     */
    Subject(SubjectSettings settings, Path home) throws IOException {
        this.settings = settings;
        this.home = home;
        Files.createDirectories(home.resolve("logs"));
    }

    /** Whether all of it is to end, or has. */
    boolean closed() {
        return closed;
    }

    FrontDoor front() {
        return front;
    }

    Path home() {
        return home;
    }

    int inFlight(LaneName lane) {
        return settings.inFlight(lane);
    }

    /** Starts the application, again after it has ended, and waits until all its processes are there. */
    void start() throws IOException {
        Process started = startJvm("app", settings.application(port, kafkaPort));
        app = started;
        boolean ready = Patience.await(
                START,
                () -> !started.isAlive()
                        || front.ready()
                                && front.totals().isPresent()
                                && heard().containsAll(pids(workers()))
                                && workers().size() == SubjectSettings.PROCESSES);
        if (!started.isAlive()) {
            throw new IOException("the application did not start: see " + home.resolve("logs"));
        }
        if (!ready) {
            throw new IOException("the application and its worker processes were not all there after "
                    + START.toSeconds() + " s: leave the machine alone, or see " + home.resolve("logs"));
        }
    }

    private synchronized Process startJvm(String name, Map<String, String> properties) throws IOException {
        if (closed) {
            throw new IOException("stopping");
        }
        Map<String, String> all = new LinkedHashMap<>(properties);
        all.put("lanes.home", (name.equals("app") ? home : Files.createDirectories(home.resolve(name))).toString());
        Path log = home.resolve("logs").resolve(name + ".log");
        ChildJvm jvm = new ChildJvm(
                name, settings.installation().application(), List.of("-Xmx512m"), List.of(), all, GRACE, log);
        // Suspendable: were this process to die while a child is frozen, nobody would be left to let it go on.
        ProcessBuilder builder = jvm.suspendable()
                .builder()
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // What the surroundings say is meant for the user's own Lanes.
        builder.environment().keySet().removeIf(key -> key.matches("(LANES|KAFKA|QUARKUS)_.*"));
        return builder.start();
    }

    /** Starts a second instance, which runs these lanes and nothing else. */
    Process startInstance(Set<LaneName> lanes) throws IOException {
        Process instance = startJvm("instance-" + (instances.size() + 1), settings.instance(lanes, kafkaPort));
        instances.add(instance);
        return instance;
    }

    /** Whether that process has told of itself, and runs tasks now. */
    boolean busy(Process instance) {
        return front.list("/api/processes").stream()
                .anyMatch(process -> process.path("pid").asLong() == instance.pid()
                        && process.path("running").asInt() > 0);
    }

    /** Waits until that process has told of itself. */
    void awaitHeard(Process instance) throws IOException {
        if (!Patience.await(START, () -> heard().contains(instance.pid()))) {
            throw new IOException("the second instance was not heard of within " + START.toSeconds() + " s: see "
                    + home.resolve("logs"));
        }
    }

    /** Stops a second instance as Ctrl-C does. */
    static void leave(Process instance) {
        closePipe(instance);
        awaitEnd(List.of(instance.toHandle()));
    }

    ProcessHandle app() {
        Process started = app;
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        return started.toHandle();
    }

    /** The embedded Kafka; the one that comes next when it has just died. */
    ProcessHandle broker() {
        return Patience.awaitPresent(
                START, () -> children(BrokerMain.class.getName()).findFirst());
    }

    /** A worker process; the one that comes next when all have just died. */
    ProcessHandle worker() {
        return Patience.awaitPresent(START, () -> workers().stream().findFirst());
    }

    List<ProcessHandle> workers() {
        return children("-Dlanes.run=" + LaneName.PROCESS).toList();
    }

    private Stream<ProcessHandle> children(String word) {
        return app().children()
                .filter(child -> child.info()
                        .commandLine()
                        .map(line -> line.contains(word))
                        .orElse(false));
    }

    private Set<Long> heard() {
        return front.list("/api/processes").stream()
                .map(process -> process.path("pid").asLong())
                .collect(Collectors.toSet());
    }

    private static Set<Long> pids(List<ProcessHandle> processes) {
        return processes.stream().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    /** Stops the application as Ctrl-C does. */
    void stop() {
        if (app != null) {
            List<ProcessHandle> all = withDescendants(app.toHandle());
            closePipe(app);
            awaitEnd(all);
        }
    }

    /** Kills the application; what it has started ends by itself. */
    void kill() {
        List<ProcessHandle> all = withDescendants(app());
        Signals.kill(app());
        awaitEnd(all);
    }

    private static List<ProcessHandle> withDescendants(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants()).toList();
    }

    /** As a parent that ends does; a child then ends too. */
    private static void closePipe(Process child) {
        try {
            child.getOutputStream().close();
        } catch (IOException gone) {
            // It has ended already.
        }
    }

    private static void awaitEnd(List<ProcessHandle> processes) {
        if (!Patience.await(END, () -> processes.stream().noneMatch(Signals::alive))) {
            processes.stream().filter(Signals::alive).forEach(Signals::kill);
        }
    }

    /** Ends all of it. */
    @Override
    public synchronized void close() {
        closed = true;
        List<Process> ours = new ArrayList<>(instances);
        if (app != null) {
            ours.add(app);
        }
        List<ProcessHandle> all = ours.stream()
                .flatMap(process -> withDescendants(process.toHandle()).stream())
                .toList();
        all.forEach(Signals::thawQuietly);
        ours.forEach(Subject::closePipe);
        awaitEnd(all);
    }
}
