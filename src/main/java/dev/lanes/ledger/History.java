package dev.lanes.ledger;

import dev.lanes.task.Attempt;
import dev.lanes.task.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The attempts of a task, as the news of them come in. */
final class History {
    private static final String NOT_FINISHED = "its process did not finish it";

    private History() {}

    /**
     * Whether an outcome of the same attempt has been read before. That it was lost, as another place has begun it
     * again, is no outcome: nobody has said so.
     */
    static boolean hasOutcomeOf(List<Attempt> attempts, Attempt news) {
        for (Attempt known : attempts) {
            if (news.outcome() != null
                    && known.number() == news.number()
                    && known.outcome() != null
                    && !NOT_FINISHED.equals(known.error())) {
                return true;
            }
        }
        return false;
    }

    /**
     * The attempts with one more, or with news of the last. An attempt that another place has begun again was lost by
     * the first.
     */
    static List<Attempt> with(List<Attempt> attempts, Attempt news) {
        if (attempts.isEmpty()) {
            return List.of(news);
        }
        List<Attempt> all = new ArrayList<>(attempts.size() + 1);
        for (Attempt known : attempts) {
            if (!sameRun(known, news)) {
                all.add(known.outcome() == null ? lost(known, news.startedAt()) : known);
            }
        }
        all.add(news);
        return List.copyOf(all);
    }

    /** Whether this is news of an attempt that has been followed by another, said by two processes out of turn. */
    static boolean isOfEarlier(List<Attempt> attempts, Attempt news) {
        return !attempts.isEmpty() && news.number() < attempts.getLast().number();
    }

    /** The attempts with an earlier one, of which only now has been heard. */
    static List<Attempt> withEarlier(List<Attempt> attempts, Attempt earlier) {
        if (attempts.stream().anyMatch(known -> sameRun(known, earlier))) {
            return attempts;
        }
        return Stream.concat(attempts.stream(), Stream.of(earlier))
                .sorted(Comparator.comparing(Attempt::startedAt))
                .toList();
    }

    /** Whoever says that an attempt was lost knows somewhat less well when it began. */
    private static boolean sameRun(Attempt known, Attempt news) {
        return known.number() == news.number()
                && (known.startedAt().equals(news.startedAt()) || news.outcome() == Outcome.LOST)
                && known.place().pid() == news.place().pid()
                && known.place().host().equals(news.place().host());
    }

    private static Attempt lost(Attempt attempt, Instant by) {
        return new Attempt(
                attempt.number(), attempt.lane(), attempt.place(), attempt.startedAt(), by, Outcome.LOST, NOT_FINISHED);
    }
}
