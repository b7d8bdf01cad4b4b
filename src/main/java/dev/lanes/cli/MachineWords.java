package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;

/** The machine of a report in a few words. */
final class MachineWords {
    /** What makes figures of different machines incomparable. */
    private static final List<String> IDENTITY = List.of("cores", "cpu", "jdk");

    private MachineWords() {}

    static String of(JsonNode environment) {
        return environment.path("cores").asText() + " cores"
                + (environment.path("cpu").isTextual()
                        ? " of " + environment.path("cpu").asText()
                        : "") + ", JDK " + environment.path("jdk").asText();
    }

    /** Whether figures of both can be compared. */
    static boolean same(JsonNode one, JsonNode other) {
        return IDENTITY.stream().allMatch(field -> Objects.equals(one.path(field), other.path(field)));
    }
}
