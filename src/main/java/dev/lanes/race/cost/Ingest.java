package dev.lanes.race.cost;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanes.pipeline.Course;
import dev.lanes.pipeline.PipelineConfig;
import dev.lanes.process.ChildJvm;
import dev.lanes.race.Circumstances;
import dev.lanes.task.LaneName;
import dev.lanes.task.Limits;
import dev.lanes.task.RawJson;
import dev.lanes.task.Task;
import dev.lanes.task.TaskId;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

@Singleton
final class Ingest implements Cost {
    private static final String REST = "REST, one by one";
    private static final String BARE_POST = "bare POST";
    private static final String NDJSON = "NDJSON";
    private static final String RAW_PRODUCER = "raw producer";
    private static final double AT_LEAST = 0.5;

    /** Nobody runs it there. */
    private static final LaneName LANE = LaneName.VIRTUAL;

    private static final String TASK = "{\"type\":\"noop\",\"lane\":\"" + LANE + "\",\"payload\":{}}";
    private static final Duration POSTS = Duration.ofSeconds(3);
    private static final int LINES = 20_000;
    private static final int BATCHES = 10;
    /** The JVM compiles for some time what it runs. */
    private static final int WARM_UPS = 6;
    /** For the ledger, which reads what has been published just now. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration TO_START = Duration.ofMinutes(1);
    private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:+UseG1GC");
    private static final JsonMapper JSON = new JsonMapper();

    private final Vertx vertx;

    Ingest(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public String why() {
        return "taking tasks in: REST beside a bare POST, NDJSON beside a raw producer of the same records";
    }

    @Override
    public String how() {
        return "A JVM that serves REST on topics of its own, and load from this process: " + HttpLoad.IN_FLIGHT
                + " requests in flight for " + POSTS.toSeconds() + " s, and " + BATCHES + " batches of " + LINES
                + " lines, one after the other. The bare POST is of the same body to the same JVM, which reads it and"
                + " answers 202. The raw producer is Kafka's, with acks=all, in this process, and sends what Lanes"
                + " writes of a line to topics that nobody reads. What was taken has to be in Kafka, once.";
    }

    @Override
    public void measure(Workshop workshop, int rounds) throws Exception {
        int port = freePort();
        try (Track track = workshop.track();
                Track unread = workshop.track();
                Child server = workshop.start(server(workshop, track, port));
                HttpLoad load = new HttpLoad(vertx, port)) {
            load.awaitOk("/q/health/ready", TO_START, server);
            List<Course.Entry> records = records(unread.course());
            List<Item> items = List.of(
                    new Item(REST, Unit.TASKS_PER_SECOND, () -> checked(workshop, track, () -> rest(load))),
                    new Item(
                            BARE_POST,
                            Unit.REQUESTS_PER_SECOND,
                            () -> watched(workshop, () -> load.posts("/lab/echo", TASK, POSTS))
                                    .perSecond()),
                    new Item(NDJSON, Unit.TASKS_PER_SECOND, () -> checked(workshop, track, () -> lines(load))),
                    new Item(
                            RAW_PRODUCER,
                            Unit.TASKS_PER_SECOND,
                            () -> checked(workshop, unread, () -> raw(unread, records))));
            for (int time = 0; time < WARM_UPS; time++) {
                items = workshop.warmUp(items);
            }
            workshop.rounds(rounds, items);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static ChildJvm server(Workshop workshop, Track track, int port) {
        return workshop.jvms()
                .part(
                        "cost-ingest-api",
                        PipelineConfig.API,
                        FLAGS,
                        track.settings(Map.of(
                                "quarkus.http.host-enabled", "true",
                                "quarkus.http.host", "127.0.0.1",
                                "quarkus.http.port", Integer.toString(port))));
    }

    /** What Lanes writes of the lines of a batch. */
    private static List<Course.Entry> records(Course course) {
        String batch = TaskId.create(Instant.now()).toString();
        return IntStream.rangeClosed(1, LINES)
                .mapToObj(line -> course.entry(new Task(
                        TaskId.named("batch", batch, Integer.toString(line)),
                        1,
                        1,
                        "noop",
                        LANE,
                        null,
                        false,
                        batch,
                        Limits.DEFAULT,
                        Instant.now(),
                        null,
                        RawJson.EMPTY)))
                .toList();
    }

    /** Publishes in one of the ways. */
    private interface Way {
        HttpLoad.Taken publish() throws IOException, InterruptedException;
    }

    private static HttpLoad.Taken rest(HttpLoad load) throws IOException, InterruptedException {
        return load.posts("/api/tasks", TASK, POSTS);
    }

    private static HttpLoad.Taken lines(HttpLoad load) throws IOException, InterruptedException {
        byte[] lines = (TASK + "\n").repeat(LINES).getBytes(StandardCharsets.UTF_8);
        long start = System.nanoTime();
        long taken = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            taken += JSON.readTree(load.postLines("/api/tasks", lines))
                    .path("accepted")
                    .asLong();
        }
        return new HttpLoad.Taken(taken, Duration.ofNanos(System.nanoTime() - start));
    }

    private static HttpLoad.Taken raw(Track track, List<Course.Entry> records) {
        long start = System.nanoTime();
        for (int batch = 0; batch < BATCHES; batch++) {
            track.course().publish(records);
        }
        return new HttpLoad.Taken((long) BATCHES * LINES, Duration.ofNanos(System.nanoTime() - start));
    }

    /** Tasks a second, if Kafka has each of them once. */
    private static double checked(Workshop workshop, Track track, Way way) throws Exception {
        long before = track.course().held(LANE);
        HttpLoad.Taken taken = watched(workshop, way);
        long arrived = track.course().held(LANE) - before;
        if (arrived != taken.count()) {
            throw new Item.Undelivered("of " + taken.count() + " tasks that were taken, Kafka holds " + arrived);
        }
        return taken.perSecond();
    }

    private static HttpLoad.Taken watched(Workshop workshop, Way way) throws IOException, InterruptedException {
        Thread.sleep(PAUSE);
        Circumstances.Stretch stretch = workshop.measuring();
        HttpLoad.Taken taken = way.publish();
        stretch.end();
        return taken;
    }

    @Override
    public List<Target> targets(Figures figures) {
        return List.of(
                Target.ratioAtLeast(
                        REST + ", over a " + BARE_POST, figures.series(REST), figures.series(BARE_POST), AT_LEAST),
                Target.ratioAtLeast(
                        NDJSON + ", over a " + RAW_PRODUCER,
                        figures.series(NDJSON),
                        figures.series(RAW_PRODUCER),
                        AT_LEAST));
    }
}
