package dev.lanes.pipeline;

/** What lets tasks into a lane, or holds them back while it is paused. */
final class Gate {
    // Guarded by this.
    private boolean open = true;

    synchronized void open(boolean wanted) {
        open = wanted;
        notifyAll();
    }

    synchronized boolean isOpen() {
        return open;
    }

    synchronized void await() throws InterruptedException {
        while (!open) {
            wait();
        }
    }
}
