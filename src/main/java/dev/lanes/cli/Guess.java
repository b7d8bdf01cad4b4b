package dev.lanes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;

/** What a learner expects before it is measured. */
record Guess(Optional<Double> value) {
    static final Guess NONE = new Guess(Optional.empty());

    /** Asks until a number comes, or nothing. */
    static Guess ask(Terminal terminal, BufferedReader answers, JsonNode claim) {
        while (true) {
            terminal.question(
                    claim.path("question").asText() + " (" + claim.path("unit").asText() + "; Enter to skip)");
            try {
                String line = answers.readLine();
                if (line == null || line.isBlank()) {
                    return NONE;
                }
                double number = Double.parseDouble(line.strip().replace(',', '.'));
                if (Double.isFinite(number)) {
                    return new Guess(Optional.of(number));
                }
                terminal.warning("that is no number");
            } catch (NumberFormatException words) {
                terminal.warning("that is no number");
            } catch (IOException closed) {
                return NONE;
            }
        }
    }
}
