package dev.lanes.race.cost;

import dev.lanes.race.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has been measured so far. */
final class Figures {
    /** By name, in the order in which they came; guarded by this. */
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    private boolean delivered = true;

    /** One figure; {@code reason} is why it is not to be shown, else null. */
    private static final class Kept {
        private final Unit unit;
        private final List<Double> rounds = new ArrayList<>();
        private @Nullable String reason;

        Kept(Unit unit) {
            this.unit = unit;
        }
    }

    /** Adds what a round gave. */
    synchronized void add(String name, Unit unit, double value) {
        kept(name, unit).rounds.add(value);
    }

    /** It cannot be measured here. */
    synchronized void none(String name, Unit unit, String reason) {
        kept(name, unit).reason = reason;
    }

    /** Not all of its tasks have arrived: what has been measured of it says nothing. */
    synchronized void undelivered(String name, Unit unit, String reason) {
        none(name, unit, reason);
        delivered = false;
    }

    private Kept kept(String name, Unit unit) {
        return kept.computeIfAbsent(name, first -> new Kept(unit));
    }

    /** Whether everything that was checked has arrived. */
    synchronized boolean delivered() {
        return delivered;
    }

    /** The rounds of a figure; none where there is no such figure, or it is not to be shown. */
    synchronized Series series(String name) {
        Kept one = kept.get(name);
        return new Series(one == null || one.reason != null ? List.of() : one.rounds);
    }

    /** All of them, as they are shown. */
    synchronized List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        kept.forEach((name, one) -> {
            Series series = series(name);
            rows.add(new Row(name, one.unit, one.unit.higherIsBetter(), series.spread(), series.rounds(), one.reason));
        });
        return rows;
    }
}
