package dev.lanes.pipeline;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a task waits for its next attempt: twice as long each time, and by chance up to half of that less, so that
 * those that failed together do not come back together.
 *
 * @param first after the first attempt
 * @param longest however many there were
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential Backoff And
 *     Jitter ("equal jitter")</a>
 */
record Backoff(Duration first, Duration longest) {
    private static final int MAX_DOUBLINGS = 40;

    /**
     * @param attempt the one that has failed; the first is 1
     */
    Duration after(int attempt, RandomGenerator random) {
        double doubled = first.toMillis() * Math.pow(2, Math.min(attempt - 1, MAX_DOUBLINGS));
        double wait = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(Math.round(wait * (0.5 + 0.5 * random.nextDouble())));
    }
}
