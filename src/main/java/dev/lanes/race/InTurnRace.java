package dev.lanes.race;

import dev.lanes.pipeline.Course;
import dev.lanes.pipeline.Courses;
import dev.lanes.pipeline.PipelineConfig;
import dev.lanes.pipeline.Topics;
import dev.lanes.process.ChildJvm;
import dev.lanes.process.LaneJvms;
import dev.lanes.task.LaneName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Each lane, and each bare client, has JVMs of its own with the same flags on a course apart, and one at a time has the
 * machine. All warm up first; then their rounds are interleaved, so that what else the machine does meets all of them
 * alike. Those whose turn it is not are suspended.
 */
final class InTurnRace implements Race {
    static final List<String> FLAGS = List.of("-Xmx512m", "-XX:+UseG1GC");
    /** About what an outcome takes: the bare clients send as much. */
    static final int RESULT_BYTES = 350;

    /** Kafka's own default: suspended JVMs would otherwise be given up. */
    private static final String SESSION_TIMEOUT_MS = "45000";

    /** For REST, which none of them is asked by. */
    private static final Map<String, String> ANY_PORT =
            Map.of("quarkus.http.host-enabled", "true", "quarkus.http.host", "127.0.0.1", "quarkus.http.port", "0");

    private static final Duration REST = Duration.ofSeconds(1);

    private final RaceRequest request;
    private final Courses courses;
    private final LaneJvms jvms;
    private final Timekeeper time;
    private final String prefix;
    /** By the names of the entrants. */
    private final Map<String, Turn> turns = new LinkedHashMap<>();

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Scores scores;

    /**
     * @param prefix with which the names of its topics begin
     */
    InTurnRace(RaceRequest request, Courses courses, LaneJvms jvms, Timekeeper time, String prefix) {
        this.request = request;
        this.courses = courses;
        this.jvms = jvms;
        this.time = time;
        this.prefix = prefix;
        this.scores = new Scores(request);
    }

    @Override
    public void run(Listener listener) throws IOException, InterruptedException {
        listener.step("starting " + jvms(request) + " JVMs");
        // All at once, as a JVM that starts waits for Kafka most of the time.
        for (Entrant entrant : entrants(request)) {
            turns.put(entrant.name(), start(entrant));
        }
        for (Turn turn : turns.values()) {
            turn.begin();
        }
        int warm = 0;
        for (Turn turn : turns.values()) {
            listener.step("warming up " + turn.name() + ", " + ++warm + " of " + 2 * turns.size());
            turn.warmUp(count(turn.entrant()));
        }
        for (Turn turn : turns.values()) {
            listener.step("warming up " + turn.name() + ", " + ++warm + " of " + 2 * turns.size());
            turn.warmUpAgain(count(turn.entrant()));
        }
        List<Turn> order = new ArrayList<>(turns.values());
        for (int round = 1; round <= request.repeat(); round++) {
            for (Turn turn : order) {
                listener.step(turn.name() + ", round " + round + " of " + request.repeat());
                turn.round();
            }
            // Whoever came first comes last in the next round.
            Collections.rotate(order, -1);
        }
        listener.step("measuring what idle JVMs take");
        for (Turn turn : order) {
            turn.beginRest();
        }
        Thread.sleep(REST);
        order.forEach(Turn::endRest);
    }

    /**
     * How many tasks a round has; null for as many as it does in some time. Beside a lane as many as that one's, as the
     * last ones weigh less the more there are.
     */
    private @Nullable Integer count(Entrant entrant) {
        Turn lane = entrant.standsBesideItsLane() ? turns.get(entrant.lane().toString()) : null;
        return lane == null || lane.count() == 0 ? request.count() : Integer.valueOf(lane.count());
    }

    /** How many JVMs a race takes. */
    static int jvms(RaceRequest request) {
        return entrants(request).stream().mapToInt(Entrant::jvms).sum();
    }

    private static List<Entrant> entrants(RaceRequest request) {
        List<Entrant> entrants = new ArrayList<>();
        entrants.add(new Entrant(Entrant.BARE_CLIENT, Entrant.Kind.BARE_CLIENT, LaneName.SEQUENTIAL, 1));
        if (request.asksFor(RaceRequest.Beside.IDIOMS)) {
            for (String idiom : PipelineConfig.IDIOMS) {
                entrants.add(new Entrant(idiom, Entrant.Kind.IDIOM, LaneName.SEQUENTIAL, 1));
            }
        }
        for (LaneName lane : request.lanes()) {
            int concurrency = request.concurrency().of(lane);
            entrants.add(new Entrant(lane.toString(), Entrant.Kind.LANE, lane, concurrency));
            if (request.asksFor(RaceRequest.Beside.LEDGER) && lane != LaneName.PROCESS) {
                entrants.add(Entrant.ledger(lane, concurrency));
            }
            if (request.asksFor(RaceRequest.Beside.CEILING) && RaceRequest.WITH_CEILING.contains(lane)) {
                entrants.add(Entrant.inMemory(lane, concurrency));
            }
        }
        if (request.lanes().contains(LaneName.PROCESS)) {
            int processes = request.concurrency().of(LaneName.PROCESS);
            entrants.add(new Entrant(
                    Entrant.BARE_SHARE_CLIENT, Entrant.Kind.BARE_SHARE_CLIENT, LaneName.PROCESS, processes));
            if (request.lanes().contains(LaneName.THREAD)) {
                entrants.add(new Entrant(Entrant.CONTROL, Entrant.Kind.CONTROL, LaneName.THREAD, processes));
            }
        }
        return entrants;
    }

    private Turn start(Entrant entrant) throws IOException {
        String name = prefix + "-" + entrant.slug();
        Set<LaneName> queues = EnumSet.of(LaneName.PROCESS);
        if (entrant.queue()) {
            queues.add(entrant.lane());
        }
        Course course = opened(courses.open(name, Set.of(entrant.lane()), queues));
        List<ChildJvm> children = IntStream.rangeClosed(1, entrant.jvms())
                .mapToObj(number ->
                        entrant.isLanes() ? lanesJvm(entrant, name, number) : clientJvm(entrant, name, number))
                .toList();
        return new Turn(entrant, course, opened(Jvms.start(children)), time, request, scores.of(entrant));
    }

    private ChildJvm lanesJvm(Entrant entrant, String name, int number) {
        LaneName lane = entrant.lane();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("lanes.topics.prefix", name);
        settings.put("lanes.instance", name + "-" + number);
        settings.put("lanes.lab", "true");
        settings.put("mp.messaging.connector.smallrye-kafka.session.timeout.ms", SESSION_TIMEOUT_MS);
        settings.put("lanes.queues", entrant.queue() ? lane.toString() : LaneName.PROCESS.toString());
        if (lane != LaneName.SEQUENTIAL && lane != LaneName.PROCESS) {
            settings.put("lanes.concurrency." + lane, Integer.toString(entrant.concurrency()));
        }
        if (entrant.kind() == Entrant.Kind.LEDGER) {
            settings.putAll(ANY_PORT);
        }
        return jvms.part("race-" + entrant.slug() + "-" + number, entrant.part(), FLAGS, settings);
    }

    private ChildJvm clientJvm(Entrant entrant, String name, int number) {
        Topics topics = new Topics(name);
        return jvms.program(
                "race-" + entrant.slug() + "-" + number,
                entrant.queue() ? BareShareClient.class : BareClient.class,
                FLAGS,
                List.of(
                        topics.tasks(entrant.lane()),
                        topics.group(entrant.lane()),
                        topics.outcomes(),
                        Integer.toString(RESULT_BYTES),
                        Integer.toString(entrant.clients(number))));
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.addFirst(one);
        return one;
    }

    @Override
    public Scores scores() {
        return scores;
    }

    /** Ends the JVMs, and deletes the topics; also after an interruption, which is kept. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        for (AutoCloseable one : open) {
            try {
                one.close();
            } catch (Exception left) {
                // Topics that stay are cleared away by a later race.
                org.jboss.logging.Logger.getLogger(InTurnRace.class).debugf("%s stays: %s", one, left);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
