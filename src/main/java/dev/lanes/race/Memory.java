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
