package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Waits until all tasks of a batch have ended.
 *
 * <p>The ledger always holds every unfinished task, so the batch has ended when it lists none of them. That must not be
 * asked before the ledger has seen the batch at all, which is why its total of published tasks is compared first.
 */
final class BatchEnd {
    private static final List<String> UNFINISHED = List.of("QUEUED", "RUNNING", "RETRYING", "SCHEDULED");
    /** The finished tasks that the ledger keeps; of a larger batch, failures can only be told from the totals. */
    private static final long WINDOW = 100_000;

    private static final int PAGE = 500;
    private static final Duration CHECK = Duration.ofMillis(250);

    private final LanesApi api;
    private final Progress progress;
    private final Totals before;

    private BatchEnd(LanesApi api, Progress progress, Totals before) {
        this.api = api;
        this.progress = progress;
        this.before = before;
    }

    /** To be called before the batch is published. */
    static BatchEnd expect(LanesApi api, Terminal terminal) {
        return new BatchEnd(api, new Progress(terminal), Totals.of(api.get("/api/summary")));
    }

    Outcome await(String batch, long accepted) {
        Totals since = totalsSinceBefore();
        while (accepted > 0 && (since.published() < accepted || anyUnfinished(batch))) {
            long finished = Math.min(accepted, since.finished());
            progress.show(() -> "finished " + Figures.count(finished) + " of " + Figures.count(accepted) + ", "
                    + Figures.seconds(progress.elapsed()));
            Pause.of(CHECK);
            since = totalsSinceBefore();
        }
        progress.clear();
        return outcome(batch, accepted, totalsSinceBefore());
    }

    private Outcome outcome(String batch, long accepted, Totals since) {
        Duration time = progress.elapsed();
        long dead = since.dead() == 0 ? 0 : ended(batch, accepted, "DEAD", since.dead());
        long cancelled = since.cancelled() == 0 ? 0 : ended(batch, accepted, "CANCELLED", since.cancelled());
        return new Outcome(accepted - dead - cancelled, dead, cancelled, time);
    }

    private Totals totalsSinceBefore() {
        return Totals.of(api.get("/api/summary")).minus(before);
    }

    private boolean anyUnfinished(String batch) {
        return UNFINISHED.stream()
                .anyMatch(state -> !page(batch, state, 1, "").path("tasks").isEmpty());
    }

    private long ended(String batch, long accepted, String state, long total) {
        return accepted > WINDOW ? Math.min(total, accepted) : listed(batch, state);
    }

    private long listed(String batch, String state) {
        long tasks = 0;
        String cursor = "";
        do {
            JsonNode page = page(batch, state, PAGE, cursor);
            tasks += page.path("tasks").size();
            cursor = page.path("next").asText("");
        } while (!cursor.isEmpty() && !cursor.equals("null"));
        return tasks;
    }

    private JsonNode page(String batch, String state, int limit, String cursor) {
        return api.get("/api/tasks?batch=" + encoded(batch) + "&state=" + state + "&limit=" + limit
                + (cursor.isEmpty() ? "" : "&cursor=" + encoded(cursor)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private record Totals(long published, long succeeded, long dead, long cancelled) {
        static Totals of(JsonNode summary) {
            return new Totals(
                    summary.path("published").asLong(),
                    summary.path("succeeded").asLong(),
                    summary.path("dead").asLong(),
                    summary.path("cancelled").asLong());
        }

        Totals minus(Totals other) {
            return new Totals(
                    published - other.published,
                    succeeded - other.succeeded,
                    dead - other.dead,
                    cancelled - other.cancelled);
        }

        long finished() {
            return succeeded + dead + cancelled;
        }
    }

    /**
     * How the tasks of a batch ended.
     *
     * @param time from before the batch was published until its last task had ended
     */
    record Outcome(long succeeded, long dead, long cancelled, Duration time) {
        static final Outcome NONE = new Outcome(0, 0, 0, Duration.ZERO);

        void addTo(ObjectNode report) {
            report.put("succeeded", succeeded).put("dead", dead).put("cancelled", cancelled);
            report.put("seconds", time.toMillis() / 1000.0);
        }

        @Override
        public String toString() {
            return Figures.count(succeeded) + " succeeded, " + Figures.count(dead) + " dead, "
                    + Figures.count(cancelled) + " cancelled in " + Figures.seconds(time);
        }
    }
}
