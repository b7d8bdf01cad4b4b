package dev.lanes.race.experiment;

import java.util.concurrent.atomic.AtomicReference;

/** Room in the heap for one message, at which its reader looks again and again instead of sleeping until it comes. */
final class Slot {
    private static final int LOOKS = 1_000;

    private final AtomicReference<byte[]> message = new AtomicReference<>();

    /** Puts a message in; the one before must have been taken. */
    void put(byte[] one) {
        message.set(one);
    }

    /** Waits for a message, and takes it out. Lets others have the core when it takes long. */
    byte[] take() {
        byte[] one = message.get();
        for (int looks = 1; one == null; looks++) {
            if (looks % LOOKS == 0) {
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
