package dev.lanes.pipeline;

/** What lets tasks into a lane, or holds them back while it is paused. */
final class Gate {
    /** Written under this alone. */
    private volatile boolean open = true;

    synchronized void open(boolean wanted) {
        open = wanted;
        notifyAll();
    }

    boolean isOpen() {
        return open;
    }

    void await() throws InterruptedException {
        if (!open) {
            awaitOpening();
        }
    }

    private synchronized void awaitOpening() throws InterruptedException {
        while (!open) {
            wait();
        }
    }
}
