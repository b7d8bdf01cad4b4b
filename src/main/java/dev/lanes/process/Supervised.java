package dev.lanes.process;

import dev.lanes.pipeline.Recycling;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A child process that is started again whenever it dies: at once the first time, then after pauses that grow, until it
 * has lived for a while.
 */
final class Supervised implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Supervised.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration WELL_AFTER = Duration.ofSeconds(30);
    private static final int DEATHS_WORTH_A_WORD = 3;

    private final String name;
    private final IntFunction<ChildJvm> command;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile @Nullable Process process;

    /**
     * @param command how to start it, given how often it has been started again
     */
    private Supervised(String name, IntFunction<ChildJvm> command) {
        this.name = name;
        this.command = command;
        this.thread =
                Thread.ofPlatform().name("lanes-supervise-" + name).daemon().unstarted(this::keepAlive);
    }

    static Supervised start(String name, IntFunction<ChildJvm> command) {
        Supervised supervised = new Supervised(name, command);
        supervised.thread.start();
        return supervised;
    }

    /** The process that runs now, or has just died; null before the first. */
    @Nullable
    Process process() {
        return process;
    }

    private void keepAlive() {
        int deathsInARow = 0;
        for (int restarts = 0; !stopping; restarts++) {
            long startedAt = System.nanoTime();
            ChildJvm child = command.apply(restarts);
            End end = runOnce(child);
            if (stopping) {
                return;
            }
            if (end.status == Recycling.STATUS) {
                LOG.infof("%s has been recycled", name);
                restarts--;
                continue;
            }
            boolean lived = System.nanoTime() - startedAt > WELL_AFTER.toNanos();
            deathsInARow = lived ? 1 : deathsInARow + 1;
            Duration pause = pause(deathsInARow);
            LOG.warnf("%s %s; it is started again in %d ms", name, end.text, pause.toMillis());
            if (deathsInARow >= DEATHS_WORTH_A_WORD) {
                LOG.errorf("%s has died %d times in a row: %s says why", name, deathsInARow, child.log());
            }
            sleep(pause);
        }
    }

    private record End(int status, String text) {}

    private End runOnce(ChildJvm child) {
        try {
            Process started = child.start();
            process = started;
            if (stopping) {
                end(started);
            }
            int status = started.waitFor();
            return new End(status, "ended with status " + status);
        } catch (IOException e) {
            return new End(-1, "could not be started (" + e.getMessage() + ")");
        } catch (InterruptedException stop) {
            return new End(-1, "is no longer watched");
        }
    }

    private static Duration pause(int deathsInARow) {
        Duration grown = FIRST_PAUSE.multipliedBy(1L << Math.min(deathsInARow - 1, 10));
        return grown.compareTo(LONGEST_PAUSE) < 0 ? grown : LONGEST_PAUSE;
    }

    private void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stop) {
            stopping = true;
        }
    }

    /** Ends a process that no longer answers; another one comes. */
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
    }

    /** Asks the process to end; does not wait. */
    void stop() {
        stopping = true;
        Process running = process;
        if (running != null) {
            end(running);
        }
    }

    /** Stops the process, and waits for its end: for the grace period, then by force. */
    @Override
    public void close() {
        stop();
        Process running = process;
        try {
            if (running != null && !running.waitFor(command.apply(0).grace().toMillis(), TimeUnit.MILLISECONDS)) {
                running.destroyForcibly();
            }
        } catch (InterruptedException hurry) {
            running.destroyForcibly();
        }
        thread.interrupt();
    }

    private static void end(Process running) {
        try {
            running.getOutputStream().close();
        } catch (IOException gone) {
            // It has ended already.
        }
    }
}
