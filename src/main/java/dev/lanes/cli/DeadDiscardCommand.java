package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/** {@code ./lanes dead discard}. */
@Command(
        name = "discard",
        sortOptions = false,
        description = "Take dead letters away for good: those with these ids, or those that the filter finds.")
final class DeadDiscardCommand extends DeadDeed {
    @Override
    String verb() {
        return "discard";
    }

    @Override
    int follow(LanesApi api, JsonNode answer) {
        terminal.line(json ? answer.toString() : answer.path("discarded") + " discarded");
        return 0;
    }
}
