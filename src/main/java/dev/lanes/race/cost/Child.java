package dev.lanes.race.cost;

import dev.lanes.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A JVM beside this one; it ends with what it is measured for. */
final class Child implements AutoCloseable {
    private static final int GRACE_SECONDS = 5;

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Child start(ChildJvm jvm) throws IOException {
        return new Child(jvm.start(), jvm.log());
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    long pid() {
        return process.pid();
    }

    /**
     * Says when it has died.
     *
     * @throws IOException then
     */
    void check() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("a process ended with status " + process.exitValue() + ": " + log + " says why");
        }
    }

    /** Lets it end by itself, so that its groups do not wait for it to come back. */
    void stop() throws IOException, InterruptedException {
        process.getOutputStream().close();
        process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
    }

    /** Ends it at once. */
    @Override
    public void close() {
        process.destroyForcibly()
                .onExit()
                .orTimeout(GRACE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(late -> process)
                .join();
    }
}
