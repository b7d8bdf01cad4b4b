package dev.lanes.race.experiment;

import java.util.concurrent.atomic.AtomicReference;

/** Room in the heap for one message, at which its reader looks again and again instead of sleeping until it comes. */
final class Slot {
    private final AtomicReference<byte[]> message = new AtomicReference<>();
    private final int looks;

    /**
     * Makes an empty one.
     *
     * @param looks after so many in vain, the reader lets others have the core
     */
    Slot(int looks) {
        this.looks = looks;
    }

    /** Puts a message in; the one before must have been taken. */
    void put(byte[] one) {
        message.set(one);
    }

    /** Waits for a message, and takes it out. */
    @SuppressWarnings("ThreadPriorityCheck") // To yield is a hint here; nothing relies on it.
    byte[] take() {
        byte[] one = message.get();
        for (int look = 1; one == null; look++) {
            if (look % looks == 0) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
            one = message.get();
        }
        message.set(null);
        return one;
    }
}
