package dev.lanes.race;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** Whether this machine, or container, has room for the JVMs of a race. */
final class Memory {
    private static final long MEGABYTE = 1_000_000;
    /** About what one takes under load: its heap may grow to 512 MB, and seldom does. */
    private static final long JVM = 400 * MEGABYTE;

    private static final long THIS_PROCESS = 600 * MEGABYTE;

    private Memory() {}

    /** What is held of a task besides its payload while its round goes on. */
    private static final long TASK = 700;

    /** Whether it fits into the heap of this process, which publishes all tasks of a round. */
    static Optional<String> hindrance(RaceRequest request) {
        Integer count = request.count();
        int room = tasks(request, Runtime.getRuntime().maxMemory());
        return count == null || count <= room
                ? Optional.empty()
                : Optional.of("there is room for " + room + " of these tasks a round"
                        + (atOnce(request) > 1 ? " on each lane" : "")
                        + " in the memory of this process: give a smaller count, or that process more heap");
    }

    /** How many tasks a round may have on each lane, in half of the heap. */
    static int tasks(RaceRequest request, long heap) {
        long each = TASK + request.payload().toString().length();
        return (int) Math.clamp(heap / 2 / each / atOnce(request), 1, RaceRequest.MAX_COUNT);
    }

    private static int atOnce(RaceRequest request) {
        return request.mode() == RaceRequest.Mode.TOGETHER ? request.lanes().size() : 1;
    }

    /** Why so many JVMs are too many; empty when they are not. */
    static Optional<String> hindrance(int jvms) {
        long there =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return hindrance(jvms, there);
    }

    static Optional<String> hindrance(int jvms, long there) {
        long needed = jvms * JVM + THIS_PROCESS;
        return needed <= there
                ? Optional.empty()
                : Optional.of("this race takes " + jvms + " JVMs and some " + needed / MEGABYTE + " MB, and there are "
                        + there / MEGABYTE
                        + " MB: race fewer lanes or processes, race together, or give it more memory");
    }
}
