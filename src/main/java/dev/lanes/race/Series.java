package dev.lanes.race;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One figure, measured again in every round. */
public record Series(List<Double> rounds) {
    public Series {
        rounds = List.copyOf(rounds);
    }

    /** The middle of its rounds, and how far they lie apart; null when there are none. */
    public RaceReport.@Nullable Spread spread() {
        return rounds.isEmpty() ? null : RaceReport.Spread.of(rounds);
    }

    /** How many times another one it was, round by round, as long as both have rounds. */
    public Series over(Series other) {
        return new Series(IntStream.range(0, Math.min(rounds.size(), other.rounds.size()))
                .mapToObj(round -> rounds.get(round) / other.rounds.get(round))
                .toList());
    }
}
