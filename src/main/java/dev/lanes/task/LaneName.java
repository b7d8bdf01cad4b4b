package dev.lanes.task;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The five execution models, in the order in which they are always shown. */
public enum LaneName {
    SEQUENTIAL,
    REACTIVE,
    THREAD,
    VIRTUAL,
    PROCESS;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The lane of that name; empty when there is none. */
    public static Optional<LaneName> parse(String text) {
        return Arrays.stream(values()).filter(lane -> lane.text.equals(text)).findFirst();
    }

    /** All names, for messages. */
    public static String all() {
        return Arrays.stream(values()).map(LaneName::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return text;
    }
}
