package dev.lanes.race.experiment;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** A JVM that is started again at once when it dies. */
final class OwnJvm implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OwnJvm.class);
    private static final int MOST_RESTARTS = 10;
    private static final int GRACE_SECONDS = 5;

    private final Command command;
    /** Guarded by this, as is what follows: a death is heard of on a thread of the JDK's. */
    private final List<Instant> deaths = new ArrayList<>();

    private Process process;
    private boolean closed;

    /** How it is started. */
    interface Command {
        /** Starts it, when it has been started again so often already. */
        Process start(int restarts) throws IOException;
    }

    OwnJvm(Command command) throws IOException {
        this.command = command;
        this.process = command.start(0);
        watch(process);
    }

    private void watch(Process started) {
        var unused = started.onExit().thenAccept(this::died);
    }

    private synchronized void died(Process dead) {
        if (closed) {
            return;
        }
        deaths.add(Instant.now());
        if (deaths.size() > MOST_RESTARTS) {
            return;
        }
        try {
            process = command.start(deaths.size());
            watch(process);
        } catch (IOException e) {
            LOG.warnf("a JVM of an experiment, dead with status %d, cannot be started again: %s", dead.exitValue(), e);
        }
    }

    /** When it died, in order. */
    synchronized List<Instant> deaths() {
        return List.copyOf(deaths);
    }

    /** CPU time that it has taken since it was last started; empty where the system does not tell. */
    synchronized Optional<Duration> cpu() {
        return process.info().totalCpuDuration();
    }

    /** Asks it to end; does not wait. */
    synchronized void stop() {
        closed = true;
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            // It has ended already.
        }
    }

    /** Ends it: by request, after five seconds by force. */
    @Override
    public void close() {
        stop();
        Process last;
        synchronized (this) {
            last = process;
        }
        try {
            if (!last.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                last.destroyForcibly();
            }
        } catch (InterruptedException hurry) {
            last.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
