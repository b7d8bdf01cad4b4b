package dev.lanes.cli;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which letters are meant. */
final class DeadFilter {
    @Option(names = "--type", paramLabel = "TYPE", description = "Tasks of this type.")
    private @Nullable String type;

    @Option(names = "--lane", paramLabel = "L", description = "Tasks that died on this lane.")
    private @Nullable String lane;

    @Option(names = "--error", paramLabel = "TEXT", description = "Tasks whose reason contains this.")
    private @Nullable String error;

    @Option(names = "--since", paramLabel = "TIME", description = "Died at or after it, like 2026-01-31T12:00:00Z.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Died before it.")
    private @Nullable String until;

    void each(BiConsumer<String, String> field) {
        put("type", type, field);
        put("lane", lane, field);
        put("error", error, field);
        put("since", since, field);
        put("until", until, field);
    }

    private static void put(String name, @Nullable String value, BiConsumer<String, String> field) {
        if (value != null) {
            field.accept(name, value);
        }
    }
}
