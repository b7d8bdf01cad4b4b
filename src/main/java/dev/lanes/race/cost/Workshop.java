package dev.lanes.race.cost;

import dev.lanes.pipeline.Courses;
import dev.lanes.process.ChildJvm;
import dev.lanes.process.LaneJvms;
import dev.lanes.race.Circumstances;
import dev.lanes.task.LaneName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;

/** What costs are measured with: topics, JVMs, and somebody who is told how far they are. For one thread. */
final class Workshop {
    private final Courses courses;
    private final LaneJvms jvms;
    private final Circumstances circumstances;
    private final Figures figures;
    private final Children children;
    private final Consumer<String> progress;

    Workshop(
            Courses courses,
            LaneJvms jvms,
            Circumstances circumstances,
            Figures figures,
            Children children,
            Consumer<String> progress) {
        this.courses = courses;
        this.jvms = jvms;
        this.circumstances = circumstances;
        this.figures = figures;
        this.children = children;
        this.progress = progress;
    }

    /** How JVMs are started. */
    LaneJvms jvms() {
        return jvms;
    }

    Figures figures() {
        return figures;
    }

    /** Makes topics of their own. */
    Track track() {
        String prefix = courses.prefix(Long.toString(System.currentTimeMillis(), Character.MAX_RADIX));
        return new Track(prefix, courses.open(prefix, EnumSet.allOf(LaneName.class), Set.of(LaneName.PROCESS)));
    }

    /** Starts a JVM that has part in what is measured. */
    Child start(ChildJvm jvm) throws IOException {
        return children.start(jvm);
    }

    /** From now on is measured, until the stretch ends. */
    Circumstances.Stretch measuring() {
        return circumstances.begin();
    }

    /** Measures each of them once, which does not count; answers those of which everything has arrived. */
    List<Item> warmUp(List<Item> items) throws Exception {
        List<Item> warm = new ArrayList<>();
        for (Item item : items) {
            progress.accept("warming up, " + item.name());
            if (taken(item).isPresent()) {
                warm.add(item);
            }
        }
        return warm;
    }

    /**
     * Measures so many rounds. Whoever came first comes last in the next round; of whom not everything has arrived, no
     * more is measured.
     */
    void rounds(int rounds, List<Item> items) throws Exception {
        List<Item> order = new ArrayList<>(items);
        for (int round = 1; round <= rounds; round++) {
            for (Item item : List.copyOf(order)) {
                progress.accept("round " + round + " of " + rounds + ", " + item.name());
                OptionalDouble figure = taken(item);
                if (figure.isPresent()) {
                    figures.add(item.name(), item.unit(), figure.getAsDouble());
                } else {
                    order.remove(item);
                }
            }
            Collections.rotate(order, -1);
        }
    }

    private OptionalDouble taken(Item item) throws Exception {
        try {
            return OptionalDouble.of(item.measurement().take());
        } catch (Item.Undelivered lost) {
            figures.undelivered(item.name(), item.unit(), String.valueOf(lost.getMessage()));
            return OptionalDouble.empty();
        }
    }
}
