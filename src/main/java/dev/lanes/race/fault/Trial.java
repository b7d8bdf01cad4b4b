package dev.lanes.race.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanes.task.LaneName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One fault on one lane, or on several together: publishes tasks, lets the fault strike while they run, and checks. */
final class Trial {
    /** The totals may stand still for as long as a lock lasts, twice: then no more comes. */
    private static final Duration STANDSTILL = Duration.ofSeconds(90);

    private static final Duration ACKNOWLEDGED = Duration.ofSeconds(60);

    private final Subject subject;
    private final Fault fault;
    private final Set<LaneName> lanes;
    private final Random random;
    private final Consumer<String> progress;
    private final String name;
    private final List<Batch> batches = new ArrayList<>();

    Trial(Subject subject, Fault fault, Set<LaneName> lanes, Random random, Consumer<String> progress) {
        this.subject = subject;
        this.fault = fault;
        this.lanes = lanes;
        this.random = random;
        this.progress = progress;
        this.name = lanes.size() == 1 ? lanes.iterator().next().toString() : "all together";
    }

    /** What lanes it concerns, for people. */
    String name() {
        return name;
    }

    /** The names of the batches that it has published. */
    List<String> batches() {
        return batches.stream().map(Batch::name).toList();
    }

    /**
     * Runs it.
     *
     * @param count how many tasks each lane gets
     * @throws IOException when the Lanes does not answer any more, or cannot be started again
     */
    Row run(int count) throws IOException {
        Totals before = totals();
        fault.prepare(subject, lanes);
        for (LaneName lane : lanes) {
            say("publishing");
            List<Mixture.Line> lines = Mixture.of(lane, count, subject.inFlight(lane), random);
            batches.add(Batch.publish(UUID.randomUUID().toString(), lines, subject.front()));
        }
        for (Batch batch : batches) {
            batch.cancel(subject.front(), STANDSTILL);
        }
        int all = count * lanes.size();
        awaitEnds(before, (long) (all * fault.part()), all);
        Optional<Duration> recovery = strike(before, all);
        boolean ended = awaitEnds(before, all, all);
        boolean acknowledged = awaitAcknowledged();
        Row row = Row.of(fault, name, tally(totals().minus(before), !acknowledged), recovery.orElse(null));
        return acknowledged || !ended
                ? row
                : row.with(List.of("not all records are acknowledged " + ACKNOWLEDGED.toSeconds()
                        + " s after the last task has ended"));
    }

    private Optional<Duration> strike(Totals before, int all) throws IOException {
        if (totals().minus(before).finished() >= all) {
            throw new NotInflicted("all tasks had ended before the fault: give a larger --count");
        }
        try {
            Fault.Mending mending = fault.strike(subject, lanes);
            try (Recovery recovery = Recovery.watch(subject.front(), before.finished() + all)) {
                say("the fault lasts");
                mending.mend();
                recovery.await(STANDSTILL);
                return recovery.time();
            }
        } catch (NotInflicted notThisTime) {
            // The tasks of this trial must not be taken for those of the next.
            awaitEnds(before, all, all);
            throw notThisTime;
        }
    }

    private Tally tally(Totals grown, boolean recordsLeft) throws IOException {
        List<SeenTask> seen = new ArrayList<>();
        Map<String, Expected> expected = new HashMap<>();
        for (Batch batch : batches) {
            subject.front().tasks(batch.name(), task -> seen.add(SeenTask.of(task)));
            expected.putAll(batch.expected());
        }
        return Tally.of(expected, seen, grown, recordsLeft);
    }

    private Totals totals() throws IOException {
        if (!Patience.await(STANDSTILL, () -> subject.front().totals().isPresent())) {
            throw new IOException("no answer for " + STANDSTILL.toSeconds() + " s");
        }
        return subject.front().totals().orElseThrow(() -> new IOException("no answer"));
    }

    /** Waits until so many have ended, but not when nothing has happened for long. */
    private boolean awaitEnds(Totals before, long wanted, int all) {
        long ended = -1;
        long since = System.nanoTime();
        while (System.nanoTime() - since < STANDSTILL.toNanos()) {
            long now = subject.front()
                    .totals()
                    .map(totals -> totals.minus(before).finished())
                    .orElse(ended);
            if (now >= wanted) {
                return true;
            }
            if (now != ended) {
                ended = now;
                since = System.nanoTime();
            }
            say(String.format(Locale.ROOT, "%,d of %,d have ended", Math.max(0, now), all));
            Patience.pause(Duration.ofMillis(50));
        }
        return false;
    }

    /** What is not acknowledged runs again after a restart, and would change what the ledger says. */
    private boolean awaitAcknowledged() {
        Set<String> names = lanes.stream().map(LaneName::toString).collect(Collectors.toSet());
        return Patience.await(ACKNOWLEDGED, () -> {
            List<JsonNode> told = subject.front().list("/api/lanes").stream()
                    .filter(lane -> names.contains(lane.path("lane").asText()))
                    .toList();
            return told.size() == names.size()
                    && told.stream().allMatch(lane -> lane.path("lagRecords").asLong(-1) == 0);
        });
    }

    private void say(String what) {
        progress.accept(fault.name() + ", " + name + ": " + what);
    }
}
