package dev.lanes.process;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Stops and continues child processes, by the system's signals. A stopped process takes no CPU time at all, keeps its
 * memory and its connections, and cannot see that its parent has died: for this it has to lead a process group of its
 * own, which the system continues, with a hang-up, once nobody of its session is left to do so.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/functions/_exit.html">POSIX: _exit, on orphaned
 *     process groups</a>
 */
public final class Suspension {
    private Suspension() {}

    /** Stops these processes, which were started as {@link ChildJvm#suspendable() suspendable}. */
    public static void stop(Collection<ProcessHandle> processes) throws IOException {
        signal("STOP", processes);
    }

    /** Lets them go on. */
    public static void resume(Collection<ProcessHandle> processes) throws IOException {
        signal("CONT", processes);
    }

    /** Java has no call for it. Waits also when interrupted, so that none comes after the next. */
    private static void signal(String name, Collection<ProcessHandle> processes) throws IOException {
        String alive = processes.stream()
                .filter(ProcessHandle::isAlive)
                .map(process -> Long.toString(process.pid()))
                .collect(Collectors.joining(" "));
        if (!alive.isEmpty()) {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + alive + " 2>/dev/null")
                    .start()
                    .onExit()
                    .join();
        }
    }

    /** Makes this process the leader of a group of its own. */
    static void leadGroup() {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor signature =
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        MethodHandle setpgid = linker.downcallHandle(linker.defaultLookup().findOrThrow("setpgid"), signature);
        try {
            int failed = (int) setpgid.invokeExact(0, 0);
            if (failed != 0) {
                throw new IllegalStateException("setpgid failed");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
