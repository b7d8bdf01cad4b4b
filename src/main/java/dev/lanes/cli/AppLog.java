package dev.lanes.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the application has written to its log since a command started it.
 *
 * @param file the log, to which every start appends
 * @param from its length before this start
 */
record AppLog(Path file, long from) {
    private static final String CAUSE = "lanes: ";
    private static final int LAST_LINES = 10;
    private static final int LAST_BYTES = 256 * 1024;

    static AppLog fromNow(Path file) {
        try {
            return new AppLog(file, Files.exists(file) ? Files.size(file) : 0);
        } catch (IOException unreadable) {
            return new AppLog(file, 0);
        }
    }

    /** The line in which the application itself said why it cannot go on. */
    Optional<String> cause() {
        return lines().stream()
                .filter(line -> line.startsWith(CAUSE))
                .map(line -> line.substring(CAUSE.length()))
                .reduce((earlier, later) -> later);
    }

    List<String> lastLines() {
        List<String> lines = lines().stream().filter(line -> !line.isBlank()).toList();
        return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    }

    private List<String> lines() {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(Math.min(from, log.length()), log.length() - LAST_BYTES);
            byte[] bytes = new byte[(int) (log.length() - start)];
            log.seek(start);
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
