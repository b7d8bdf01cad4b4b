package dev.lanes.race.experiment;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured.
 *
 * @param verdict whether the claim's predicate was true
 * @param measured the outcome in a line
 * @param answer to the claim's question; null when there is none
 * @param figures all that was measured
 * @param how it was measured, in a sentence or two
 * @param picture lines for a terminal of 100 columns; null where none helps
 */
public record Finding(
        Verdict verdict,
        String measured,
        @Nullable Double answer,
        List<Figure> figures,
        String how,
        @Nullable String picture) {

    /** What came of it. */
    public enum Verdict {
        HOLDS("holds"),
        DOES_NOT_HOLD("does not hold"),
        NOT_RUN("not run");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        static Verdict of(boolean holds) {
            return holds ? HOLDS : DOES_NOT_HOLD;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** One number that was measured. */
    public record Figure(String name, double value, String unit) {}

    static Finding of(boolean holds, String measured, double answer, List<Figure> figures, String how) {
        return new Finding(Verdict.of(holds), measured, answer, List.copyOf(figures), how, null);
    }

    /** Nothing can be measured here. */
    static Finding notRun(String why) {
        return new Finding(Verdict.NOT_RUN, why, null, List.of(), "", null);
    }

    Finding with(List<String> lines) {
        return new Finding(verdict, measured, answer, figures, how, String.join("\n", lines));
    }

    /** Adds up figures, in the order in which they are shown. */
    static final class Figures {
        private final List<Figure> figures = new ArrayList<>();

        Figures add(String name, double value, String unit) {
            figures.add(new Figure(name, value, unit));
            return this;
        }

        List<Figure> list() {
            return figures;
        }
    }
}
