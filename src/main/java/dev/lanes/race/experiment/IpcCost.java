package dev.lanes.race.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanes.ledger.TaskView;
import dev.lanes.race.Trial;
import dev.lanes.race.experiment.Bars.Bar;
import dev.lanes.task.LaneName;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

@Singleton
final class IpcCost implements Experiment {
    private static final int AT_LEAST = 2;
    private static final int TASKS = 40;
    private static final int WARM_UPS = 10;
    private static final String PAYLOAD = "{" + " ".repeat(HandOffMain.MESSAGE_BYTES - 2) + "}";

    @Override
    public Claim claim() {
        return new Claim(
                "4",
                "ipc-cost",
                "Processes need inter-process communication, which costs more than shared memory.",
                "Holds, and more so: multiprocessing also pickles each object before it goes through the pipe.",
                "Holds: a thread hands over a reference; a process has its bytes copied into the kernel and out again,"
                        + " with a system call for each. Only waking a thread that sleeps can cost as much as a pipe.",
                "handing 1 KiB to another process over a pipe takes at least " + AT_LEAST
                        + " times as long as handing it to another thread that is awake",
                "How many times longer does it take to hand 1 KiB to another process over a pipe than to another thread"
                        + " that is awake?",
                "times",
                "Send processes few and large messages rather than many small ones. What must go through a broker pays"
                        + " for being kept, not only for being sent.");
    }

    @Override
    public Finding run(Lab lab) throws Exception {
        lab.step("heap, pipe and loopback");
        JsonNode nanos = lab.measured(HandOffMain.class, List.of("-Xmx256m"));
        double heap = nanos.path("awake").asDouble();
        double queue = nanos.path("queue").asDouble();
        double pipe = nanos.path("pipe").asDouble();
        double loopback = nanos.path("loopback").asDouble();
        double kafka = kafka(lab);
        double times = pipe / heap;
        return Finding.of(
                        times >= AT_LEAST,
                        "one way for 1 KiB: heap " + Human.time(heap) + " (" + Human.time(queue)
                                + " through a queue), pipe " + Human.time(pipe) + " ("
                                + Human.number(times) + " times), loopback " + Human.time(loopback) + ", Kafka "
                                + Human.time(kafka),
                        times,
                        new Finding.Figures()
                                .add("in the heap", heap / 1e3, "µs")
                                .add("in the heap, through a queue", queue / 1e3, "µs")
                                .add("over a pipe", pipe / 1e3, "µs")
                                .add("over loopback TCP", loopback / 1e3, "µs")
                                .add("through Kafka", kafka / 1e3, "µs")
                                .add("in the heap, by reasoning", Path.HEAP.copies, "copies, 0 bytes")
                                .add("over a pipe, by reasoning", Path.PIPE.copies, Path.PIPE.unit())
                                .add("over loopback TCP, by reasoning", Path.LOOPBACK.copies, Path.LOOPBACK.unit())
                                .add("through Kafka, by reasoning, at least", Path.KAFKA.copies, Path.KAFKA.unit())
                                .list(),
                        "Medians of half a round trip: between two threads by a variable that the reader watches (with"
                                + " and without yielding: the quicker counts) and by a SynchronousQueue, whose reader"
                                + " sleeps after a short look; between two JVMs, whose readers sleep; through Kafka from"
                                + " a task's submission to its start on virtual, one task at a time.")
                .with(Bars.logarithmic(List.of(
                        new Bar("in the heap", heap, Human.time(heap)),
                        new Bar("in the heap, through a queue", queue, Human.time(queue)),
                        new Bar("over a pipe", pipe, Human.time(pipe)),
                        new Bar("over loopback TCP", loopback, Human.time(loopback)),
                        new Bar("through Kafka", kafka, Human.time(kafka)))));
    }

    private static double kafka(Lab lab) throws Trial.Failed {
        double[] nanos = new double[TASKS];
        for (int number = -WARM_UPS; number < TASKS; number++) {
            lab.step("Kafka, task " + Math.max(0, number + 1) + " of " + TASKS);
            TaskView task =
                    lab.tasks(LaneName.VIRTUAL, "noop", PAYLOAD, 1).tasks().getFirst();
            if (number >= 0) {
                nanos[number] = Duration.between(
                                task.submittedAt(), task.attempts().getLast().startedAt())
                        .toNanos();
            }
        }
        return Stopwatch.median(nanos);
    }

    /** How often a message is copied on its way: known from the code on the path, not measured. */
    private enum Path {
        HEAP(0),
        /** Heap, the buffer of java.lang.Process, memory outside of the heap, kernel, outside, heap. */
        PIPE(5),
        /** Heap, memory outside of the heap, kernel, outside, heap. */
        LOOPBACK(4),
        /**
         * Producer: batch, outside of the heap, kernel. Broker: outside, heap, outside, page cache, which the kernel
         * sends from. Consumer: outside, heap, value. JSON comes on top.
         */
        KAFKA(10);

        private final int copies;

        Path(int copies) {
            this.copies = copies;
        }

        String unit() {
            return "copies, " + copies * HandOffMain.MESSAGE_BYTES + " bytes";
        }
    }
}
