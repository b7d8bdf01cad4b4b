package dev.lanes.pipeline;

import io.quarkus.runtime.Quarkus;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * When a worker process has done or taken enough, and makes room for a new one: a remedy for handlers that lose memory
 * or other things bit by bit.
 */
@Singleton
public final class Recycling {
    /** The exit status of a process that is to be replaced, and has done nothing wrong. */
    public static final int STATUS = 76;

    private static final Logger LOG = Logger.getLogger(Recycling.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final PipelineConfig config;
    private long lookedAt = System.nanoTime();

    Recycling(PipelineConfig config) {
        this.config = config;
    }

    /** Ends the process if it is time, when this is called between two tasks; true then. */
    boolean endIfDue(long done) {
        if (!config.isWorkerProcess() || !due(done)) {
            return false;
        }
        LOG.infof("this process has run %d tasks: it makes room for another, as is configured", done);
        Quarkus.asyncExit(STATUS);
        return true;
    }

    private boolean due(long done) {
        return config.maxTasks().filter(most -> done >= most).isPresent() || takesTooMuch();
    }

    private boolean takesTooMuch() {
        if (config.maxRss().isEmpty() || System.nanoTime() - lookedAt < BETWEEN_LOOKS.toNanos()) {
            return false;
        }
        lookedAt = System.nanoTime();
        Long bytes = ResidentMemory.bytes();
        return bytes != null && bytes > config.maxRss().get().asLongValue();
    }
}
