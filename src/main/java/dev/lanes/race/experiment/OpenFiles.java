package dev.lanes.race.experiment;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

@Singleton
final class OpenFiles implements Experiment {
    private static final int NEIGHBOURS = 4;

    @Override
    public Claim claim() {
        return new Claim(
                "1b",
                "open-files",
                "Threads share their process's open files, processes do not.",
                "Holds: threads of one interpreter share its descriptors; a child keeps only those that are passed on"
                        + " (since Python 3.4 none but standard input, output and error, unless one asks).",
                "Holds: threads of one JVM share its descriptors, and the JVM closes them in every child it starts.",
                "a file opened by one thread is in the descriptor table of all " + NEIGHBOURS
                        + " other threads, and in that of no other process",
                "A thread opens a file. How many of " + NEIGHBOURS
                        + " other threads of its process find it in their table of open files?",
                "threads",
                "Whatever one thread opens all can use, and one that forgets to close it uses up the limit of all. To"
                        + " share a file, processes each open it, or pass the descriptor on.");
    }

    @Override
    public Finding run(Lab lab) throws Exception {
        if (!Descriptors.known()) {
            return Finding.notRun("this system has no /proc/thread-self/fd, which lists the open files of a thread");
        }
        Path file = Files.createTempFile("lanes-open", ".txt").toRealPath();
        try {
            return look(lab, file);
        } finally {
            Files.delete(file);
        }
    }

    private static Finding look(Lab lab, Path file) throws Exception {
        lab.step("looking from other threads");
        boolean before = Descriptors.include(file);
        try (FileChannel open = inAThread(() -> FileChannel.open(file, StandardOpenOption.READ))) {
            int threads = 0;
            for (int neighbour = 0; neighbour < NEIGHBOURS; neighbour++) {
                threads += inAThread(() -> Descriptors.include(file)) ? 1 : 0;
            }
            lab.step("looking from another process");
            int processes = lab.measured(OpenFilesMain.class, List.of("-Xmx64m"), file.toString())
                    .path("found")
                    .asInt();
            if (!open.isOpen()) {
                throw new IOException("the file was closed before everybody had looked");
            }
            return Finding.of(
                    !before && threads == NEIGHBOURS && processes == 0,
                    "a file opened by one thread is open in " + threads + " of " + NEIGHBOURS
                            + " other threads, and in " + processes + " of 1 other process",
                    threads,
                    new Finding.Figures()
                            .add("other threads that have it open", threads, "of " + NEIGHBOURS)
                            .add("other processes that have it open", processes, "of 1")
                            .list(),
                    "A thread opens a new file and keeps it open; the others, and a child process that is started"
                            + " meanwhile, each look for it in /proc/thread-self/fd.");
        }
    }

    private static <T> T inAThread(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().name("lanes-open-files").daemon().start(task);
        return task.get();
    }
}
