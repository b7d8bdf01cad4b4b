package dev.lanes.api;

import java.util.Optional;

/** Whole numbers in queries. */
final class Numbers {
    private Numbers() {}

    /** The number of a query parameter, or a problem that names it. */
    static int between(String name, Optional<String> text, int otherwise, int min, int max) {
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, as for one out of bounds.
        }
        throw Refused.badRequest(name, "must be a whole number from " + min + " to " + max);
    }
}
