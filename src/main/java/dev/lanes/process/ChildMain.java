package dev.lanes.process;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The main of every child process: it runs another main, and ends the process when the parent is gone.
 *
 * <p>The parent holds the other end of our standard input. When the parent dies, even by kill -9, the system closes
 * that end; we read the end of the stream, allow a clean stop for the grace period, and halt. Interrupts from the
 * terminal are ignored, as the parent decides about the order in which its children stop.
 */
public final class ChildMain {
    /** The system property that holds the grace period, in seconds. */
    static final String GRACE_SECONDS = "lanes.child.grace-seconds";
    /** The system property that is true where the parent may suspend this process. */
    static final String SUSPENDABLE = "lanes.child.suspendable";

    private ChildMain() {}

    /** Runs the main of the class that {@code args[0]} names with the remaining arguments. */
    public static void main(String[] args) throws ReflectiveOperationException {
        Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
        if (Boolean.getBoolean(SUSPENDABLE)) {
            Suspension.leadGroup();
        }
        Duration grace = Duration.ofSeconds(Long.getLong(GRACE_SECONDS, 3));
        Thread.ofPlatform().name("lanes-parent-watch").daemon().start(() -> endWithParent(System.in, grace));
        Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(args, 1, args.length));
    }

    private static void endWithParent(InputStream parent, Duration grace) {
        try {
            parent.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // A broken pipe says the same as its end.
        }
        Thread.ofPlatform().name("lanes-halt").daemon().start(() -> haltAfter(grace));
        System.exit(0);
    }

    private static void haltAfter(Duration grace) {
        try {
            Thread.sleep(grace);
        } catch (InterruptedException sooner) {
            // Nobody interrupts this thread; if somebody did, halting at once would be what they want.
        }
        Runtime.getRuntime().halt(1);
    }
}
