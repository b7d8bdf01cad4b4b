package dev.lanes.lane;

import io.smallrye.mutiny.subscription.Cancellable;
import org.jspecify.annotations.Nullable;

/** What a running handler can be stopped by: the thread that runs it, or the subscription to what it has started. */
final class Hold {
    // Guarded by this, so that an interrupt never hits the thread's next task.
    private @Nullable Thread thread;
    private @Nullable Cancellable subscription;

    synchronized void takeThread() {
        thread = Thread.currentThread();
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

    /** What {@link #stop} would do now, for people. */
    synchronized String how() {
        if (subscription != null) {
            return "its subscription was dropped";
        }
        return thread != null ? "its thread was interrupted" : "it was about to end";
    }

    /**
     * Interrupts the thread, and drops the subscription.
     *
     * @return whether there was a subscription: nothing of the handler goes on then, whereas a thread may
     */
    boolean stop() {
        Cancellable dropped;
        synchronized (this) {
            if (thread != null) {
                thread.interrupt();
            }
            dropped = subscription;
        }
        if (dropped == null) {
            return false;
        }
        dropped.cancel();
        return true;
    }
}
