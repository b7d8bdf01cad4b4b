package dev.lanes.lane;

import io.smallrye.mutiny.subscription.Cancellable;
import org.jspecify.annotations.Nullable;

/** What a running handler can be stopped by: the thread that runs it, or the subscription to what it has started. */
final class Hold {
    // Guarded by this, so that an interrupt never hits the thread's next task.
    private @Nullable Thread thread;
    private @Nullable Cancellable subscription;
    private boolean begun;

    /** False when another thread has begun it, or it has been given up: then it must not run here. */
    synchronized boolean begin() {
        if (begun) {
            return false;
        }
        begun = true;
        thread = Thread.currentThread();
        return true;
    }

    /** Sees to it that no thread begins it any more; false when one has. */
    synchronized boolean giveUp() {
        boolean before = begun;
        begun = true;
        return !before;
    }

    synchronized void take(Cancellable started) {
        subscription = started;
    }

    /** The thread that runs it now; null when none does. */
    synchronized @Nullable Thread thread() {
        return thread;
    }

    /** To be called by the thread itself. */
    synchronized void releaseThread() {
        if (thread != null) {
            thread = null;
            // An interrupt meant for this run must not reach the next one on this thread.
            Thread.interrupted();
        }
    }

    /**
     * What {@link #stop} would do now, for people.
     *
     * @param otherwise what follows where a thread does not heed its interrupt
     */
    synchronized String how(String otherwise) {
        if (subscription != null) {
            return "its subscription was dropped";
        }
        return thread != null ? "its thread was interrupted" + otherwise : "it was about to end";
    }

    /**
     * Interrupts the thread, where there is one.
     *
     * @return the subscription, to be dropped: nothing of the handler goes on then, whereas a thread may; null for none
     */
    synchronized @Nullable Cancellable stop() {
        if (thread != null) {
            thread.interrupt();
        }
        return subscription;
    }
}
