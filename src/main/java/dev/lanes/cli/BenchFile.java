package dev.lanes.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a bench has measured, kept in a file: a line of JSON of the machine, and then one of each report. */
final class BenchFile {
    private static final String VERSION_FIELD = "lanesBench";
    private static final int VERSION = 1;

    private BenchFile() {}

    /** What such a file holds. */
    record Saved(Path file, JsonNode machine, List<JsonNode> reports) {}

    /** Reads one; what cannot be read is a wrong argument. */
    static Saved read(Path file) {
        List<JsonNode> lines = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    lines.add(LanesApi.JSON.readTree(line));
                }
            }
        } catch (JsonProcessingException | CharacterCodingException notJson) {
            throw foreign(file);
        } catch (NoSuchFileException missing) {
            throw CommandFailed.usage("there is no file " + file + ": ./lanes bench --save " + file + " writes one");
        } catch (IOException unreadable) {
            throw CommandFailed.usage("cannot read " + file + " (" + reason(unreadable) + ")");
        }
        if (lines.isEmpty()
                || lines.getFirst().path(VERSION_FIELD).asInt() != VERSION
                || !lines.getFirst().path("machine").isObject()) {
            throw foreign(file);
        }
        return new Saved(file, lines.getFirst().path("machine"), List.copyOf(lines.subList(1, lines.size())));
    }

    private static CommandFailed foreign(Path file) {
        return CommandFailed.usage(file + " is not a file that this ./lanes bench --save has written");
    }

    /** That one can be written there is checked before anything is measured. */
    static void checkWritable(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw CommandFailed.usage("cannot write " + file + ": it is no file");
        }
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw CommandFailed.usage("cannot write " + file + ": " + folder + " is no folder that can be written to");
        }
    }

    /**
     * Writes what has been measured so far, in one step: what was there stays until it is all written.
     *
     * @return whether there was anything to write
     * @throws IOException when it cannot be written
     */
    static boolean write(Path file, List<JsonNode> reports) throws IOException {
        Optional<JsonNode> machine = reports.stream()
                .map(report -> report.path("environment"))
                .filter(JsonNode::isObject)
                .findFirst();
        if (machine.isEmpty()) {
            return false;
        }
        List<String> lines = new ArrayList<>();
        lines.add(LanesApi.JSON
                .createObjectNode()
                .put(VERSION_FIELD, VERSION)
                .set("machine", machine.get())
                .toString());
        reports.forEach(report -> lines.add(report.toString()));
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.write(draft, lines);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    static String reason(IOException failure) {
        return failure.getMessage() == null || failure.getMessage().isBlank()
                ? failure.getClass().getSimpleName()
                : failure.getMessage();
    }
}
