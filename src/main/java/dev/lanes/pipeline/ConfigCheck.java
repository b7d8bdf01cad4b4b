package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import dev.lanes.task.Limits;

/** Refuses settings that are of the right type, and still make no sense. */
final class ConfigCheck {
    private static final int MAX_CONCURRENCY = 100_000;

    private ConfigCheck() {}

    /** Ends the start, naming the setting at fault. */
    static void check(PipelineConfig config) {
        for (String part : config.run()) {
            if (!part.equals(PipelineConfig.API)
                    && !PipelineConfig.IDIOMS.contains(part)
                    && !part.equals(PipelineConfig.IN_MEMORY)
                    && LaneName.parse(part).isEmpty()) {
                throw CannotStart.because("lanes.run names the part '" + part
                        + "', which there is not: give some of api, " + LaneName.all());
            }
        }
        for (String lane : config.queues()) {
            if (!lane.equals(LaneName.PROCESS.toString()) && !lane.equals(LaneName.THREAD.toString())) {
                throw CannotStart.because("lanes.queues names " + lane + ": only process and thread read a queue");
            }
        }
        config.concurrency().forEach((lane, concurrency) -> {
            if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
                throw CannotStart.because("lanes.concurrency." + lane + " is " + concurrency
                        + ": give a number from 1 to " + MAX_CONCURRENCY);
            }
        });
        if (config.maxAttempts() < 1 || config.maxAttempts() > Limits.MAX_ATTEMPTS) {
            throw CannotStart.because("lanes.max-attempts is " + config.maxAttempts() + ": give a number from 1 to "
                    + Limits.MAX_ATTEMPTS);
        }
        if (config.backoff().isNegative() || config.maxBackoff().compareTo(config.backoff()) < 0) {
            throw CannotStart.because("lanes.backoff is " + config.backoff() + " and lanes.max-backoff "
                    + config.maxBackoff() + ": give durations like 1S and 5M, the second the longer one");
        }
        if (config.maxTasks().filter(most -> most < 1).isPresent()) {
            throw CannotStart.because("lanes.process.max-tasks is "
                    + config.maxTasks().get() + ": give a number from 1 on, or leave it out");
        }
        if (LaneName.parse(config.defaultLane()).isEmpty()) {
            throw CannotStart.because(
                    "lanes.default-lane is '" + config.defaultLane() + "': give one of " + LaneName.all());
        }
    }
}
