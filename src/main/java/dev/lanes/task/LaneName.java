package dev.lanes.task;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The five execution models, in the order in which they are always shown. */
public enum LaneName {
    SEQUENTIAL,
    REACTIVE,
    THREAD,
    VIRTUAL,
    PROCESS;

    private static final Map<String, LaneName> BY_TEXT =
            Arrays.stream(values()).collect(Collectors.toMap(LaneName::toString, Function.identity()));

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The lane of that name; empty when there is none. */
    public static Optional<LaneName> parse(String text) {
        return Optional.ofNullable(BY_TEXT.get(text));
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
