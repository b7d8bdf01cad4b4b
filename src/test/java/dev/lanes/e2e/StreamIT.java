package dev.lanes.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.tools.attach.VirtualMachine;
import java.io.InputStream;
import java.lang.management.MemoryUsage;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A stream of tasks of any length takes bounded memory, on the way in, while they wait, and afterwards. */
@Tag("long")
final class StreamIT {
    private static final int TASKS = 200_000;
    private static final int QUARTER = TASKS / 4;
    private static final long LIVE_HEAP_LIMIT = 180L * 1024 * 1024;

    @Test
    void takes_two_hundred_thousand_tasks_in_one_request_with_a_small_heap() throws Exception {
        try (RunningLanes lanes = RunningLanes.start(Map.of("lanes.process.count", "1"), "-Xmx256m")) {
            // A first batch, so that both measured ends run on compiled code.
            publish(lanes, QUARTER);
            awaitDone(lanes, QUARTER);

            long start = System.nanoTime();
            publish(lanes, TASKS);
            long heldMidway = liveHeap(lanes);
            awaitDone(lanes, QUARTER + TASKS);
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            assertThat(heldMidway).isLessThanOrEqualTo(LIVE_HEAP_LIMIT);
            assertThat(liveHeap(lanes)).isLessThanOrEqualTo(LIVE_HEAP_LIMIT);
            System.out.printf("%d tasks in %d ms%n", TASKS, took.toMillis());
        }
    }

    private static void publish(RunningLanes lanes, int count) {
        RunningLanes.Answer answer = lanes.send(HttpRequest.newBuilder(lanes.uri("/api/tasks"))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new Repeated(count))));
        assertThat(answer.body().path("accepted").asInt())
                .as("accepted, by %s", answer.body())
                .isEqualTo(count);
    }

    private static void awaitDone(RunningLanes lanes, int count) {
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(lanes.get("/api/summary").body().toPrettyString())
                        .contains("\"succeeded\" : " + count));
    }

    /** What the heap holds after a full collection, in bytes. */
    private static long liveHeap(RunningLanes lanes) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(lanes.pid()));
        String address = machine.startLocalManagementAgent();
        machine.detach();
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            ObjectName memory = new ObjectName("java.lang:type=Memory");
            server.invoke(memory, "gc", null, null);
            return MemoryUsage.from((CompositeData) server.getAttribute(memory, "HeapMemoryUsage"))
                    .getUsed();
        }
    }

    /** The same line so many times, made as it is read. */
    private static final class Repeated extends InputStream {
        private static final byte[] LINE =
                "{\"type\":\"noop\",\"lane\":\"virtual\"}\n".getBytes(StandardCharsets.UTF_8);

        private final long length;
        private long position;

        Repeated(int count) {
            length = (long) count * LINE.length;
        }

        @Override
        public int read() {
            return position == length ? -1 : LINE[(int) (position++ % LINE.length)];
        }

        @Override
        public int read(byte[] into, int offset, int wanted) {
            if (position == length) {
                return -1;
            }
            int count = (int) Math.min(wanted, length - position);
            for (int at = 0; at < count; at++) {
                into[offset + at] = LINE[(int) (position++ % LINE.length)];
            }
            return count;
        }
    }
}
