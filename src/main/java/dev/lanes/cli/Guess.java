package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a learner expects before it is measured. */
record Guess(Optional<Double> value) {
    static final Guess NONE = new Guess(Optional.empty());

    private static final BufferedReader INPUT =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    /** Asks until a number comes, or nothing. */
    static Guess ask(Terminal terminal, JsonNode claim) {
        while (true) {
            terminal.line(terminal.bold(claim.path("question").asText()) + " ("
                    + claim.path("unit").asText() + "; Enter to skip)");
            try {
                String line = INPUT.readLine();
                if (line == null || line.isBlank()) {
                    return NONE;
                }
                return new Guess(Optional.of(Double.parseDouble(line.strip().replace(',', '.'))));
            } catch (NumberFormatException words) {
                terminal.warning("that is no number");
            } catch (IOException closed) {
                return NONE;
            }
        }
    }
}
