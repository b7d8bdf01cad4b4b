package com.example;

import dev.lanes.handler.BlockingHandler;
import dev.lanes.handler.NonBlockingHandler;
import dev.lanes.handler.TaskContext;
import dev.lanes.handler.TaskType;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotBlank;

@TaskType(value = "misbehave", description = "Does what a handler should not do.", example = "{\"how\":\"error\"}")
public class MisbehavingHandler
        implements BlockingHandler<MisbehavingHandler.Way>, NonBlockingHandler<MisbehavingHandler.Way> {
    public record Way(@NotBlank String how) {}

    /** What it returns cannot be written. */
    public static final class Unwritable {
        public String getText() {
            throw new IllegalStateException("no text");
        }
    }

    /** The same, with what a class that is missing throws. */
    public static final class Unlinked {
        public String getText() {
            throw new NoClassDefFoundError("no class");
        }
    }

    /** The same, but for ever. */
    public static final class Endless {
        public String getText() throws InterruptedException {
            Thread.sleep(3_600_000);
            return "late";
        }
    }

    /** Says why by code that fails itself. */
    public static final class Unspeakable extends RuntimeException {
        @Override
        public String getMessage() {
            throw new IllegalStateException("no words");
        }
    }

    @Override
    public Object run(Way way, TaskContext context) throws InterruptedException {
        return switch (way.how()) {
            case "error" -> throw new AssertionError("not a mere exception");
            case "overflow" -> overflow(1);
            case "null" -> null;
            case "unwritable" -> new Unwritable();
            case "unlinked" -> new Unlinked();
            case "endless" -> new Endless();
            case "unspeakable" -> throw new Unspeakable();
            case "never" -> {
                Thread.sleep(3_600_000);
                yield "late";
            }
            default -> "well";
        };
    }

    @Override
    public Uni<?> start(Way way, TaskContext context) {
        return switch (way.how()) {
            case "error" -> throw new AssertionError("not a mere exception");
            case "overflow" -> Uni.createFrom().item(() -> overflow(1));
            case "null" -> null;
            case "unwritable" -> Uni.createFrom().item(new Unwritable());
            case "unlinked" -> Uni.createFrom().item(new Unlinked());
            case "endless" -> Uni.createFrom().item(new Endless());
            case "unspeakable" -> Uni.createFrom().failure(new Unspeakable());
            case "never" -> Uni.createFrom().nothing();
            case "twice" -> Uni.createFrom().emitter(emitter -> {
                emitter.complete("once");
                emitter.complete("twice");
                emitter.fail(new IllegalStateException("thrice"));
            });
            default -> Uni.createFrom().item("well");
        };
    }

    private static int overflow(int depth) {
        return depth == 0 ? 0 : overflow(depth + 1) + 1;
    }
}
