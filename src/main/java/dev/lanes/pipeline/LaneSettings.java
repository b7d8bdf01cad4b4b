package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How the lanes are wanted to run, as {@link Control} reads it. */
@Singleton
public final class LaneSettings {
    /** The most tasks that a lane can be told to have in flight. */
    public static final int MAX_CONCURRENCY = 10_000;
    /** The most processes that there can be told to be. */
    public static final int MAX_PROCESSES = 64;

    // Both guarded by this.
    private final Map<LaneName, LaneSetting> wanted = new EnumMap<>(LaneName.class);
    private final Map<LaneName, List<Consumer<LaneSetting>>> listeners = new EnumMap<>(LaneName.class);

    /** The most that may be asked of a lane; 1 where that cannot be changed. */
    public static int most(LaneName lane) {
        return switch (lane) {
            case SEQUENTIAL -> 1;
            case PROCESS -> MAX_PROCESSES;
            case REACTIVE, THREAD, VIRTUAL -> MAX_CONCURRENCY;
        };
    }

    /** How many tasks it can have in flight in one process. */
    static int mostInAProcess(LaneName lane) {
        return lane == LaneName.PROCESS ? 1 : most(lane);
    }

    /** What is wanted of a lane now. */
    public synchronized LaneSetting of(LaneName lane) {
        return wanted.getOrDefault(lane, LaneSetting.CONFIGURED);
    }

    /** Calls the listener with what is wanted of a lane now, and whenever that changes; it must not wait. */
    public synchronized void listen(LaneName lane, Consumer<LaneSetting> listener) {
        listeners.computeIfAbsent(lane, any -> new ArrayList<>()).add(listener);
        listener.accept(of(lane));
    }

    synchronized void take(LaneName lane, LaneSetting setting) {
        if (!setting.equals(wanted.put(lane, setting))) {
            listeners.getOrDefault(lane, List.of()).forEach(listener -> listener.accept(setting));
        }
    }

    /** Takes what a record says of a lane; false when that is none, or makes no sense. */
    boolean take(String name, byte @Nullable [] json) {
        Optional<LaneName> lane = LaneName.parse(name);
        Optional<LaneSetting> setting = json == null ? Optional.of(LaneSetting.CONFIGURED) : LaneSetting.read(json);
        if (lane.isEmpty()
                || setting.filter(read -> makesSense(lane.get(), read)).isEmpty()) {
            return false;
        }
        take(lane.get(), setting.get());
        return true;
    }

    private static boolean makesSense(LaneName lane, LaneSetting setting) {
        Integer concurrency = setting.concurrency();
        return concurrency == null || concurrency >= 1 && concurrency <= most(lane);
    }
}
