package dev.lanes.pipeline;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * A thread that begins its work again whenever that has failed, whatever it failed of, until it is stopped: what follows
 * Kafka must not end in silence while its process lives.
 */
public final class Follower {
    private static final Logger LOG = Logger.getLogger(Follower.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    /** Goes on until it is to stop; whenever it returns sooner, or throws, it is called again. */
    public interface Work {
        void follow() throws InterruptedException;
    }

    private final String what;
    private final Work work;
    private final Consumer<RuntimeException> lost;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param thread the name of the thread, without the word before it that all of ours have
     * @param what fails, for people
     * @param lost hears that the work has lost its connection to Kafka, before it begins again
     */
    public Follower(String thread, String what, Work work, Consumer<RuntimeException> lost) {
        this.what = what;
        this.work = work;
        this.lost = lost;
        this.thread = Thread.ofPlatform().name("lanes-" + thread).daemon().unstarted(this::run);
    }

    /** The same for a look that an executor takes from time to time: one that fails must not be the last. */
    public static Runnable lasting(String what, Runnable look) {
        return () -> {
            try {
                look.run();
            } catch (Throwable unexpected) {
                LOG.errorf(unexpected, "%s failed; it goes on", what);
            }
        };
    }

    public void start() {
        thread.start();
    }

    /** Whether the work is to end. */
    public boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** Lets the work end; does not wait. */
    public void stop() {
        stopping.countDown();
    }

    /** Waits for the end of the work, but not for longer than this; returns at once where it was never started. */
    public void awaitEnd(Duration patience) throws InterruptedException {
        if (thread.getState() != Thread.State.NEW) {
            thread.join(patience);
        }
    }

    private void run() {
        while (!isStopping()) {
            try {
                followOnce();
            } catch (Throwable worse) {
                // There was no memory even to say so; the next time there may be.
                Thread.onSpinWait();
            }
        }
    }

    private void followOnce() throws InterruptedException {
        try {
            work.follow();
        } catch (Throwable failure) {
            if (!isStopping()) {
                tell(failure);
                boolean unused = stopping.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private void tell(Throwable failure) {
        if (failure instanceof KafkaException || failure instanceof IllegalStateException) {
            lost.accept((RuntimeException) failure);
        } else {
            LOG.errorf(failure, "%s failed: it begins again", what);
        }
    }
}
