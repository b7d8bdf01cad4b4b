package dev.lanes.race;

import dev.lanes.pipeline.Course;
import dev.lanes.pipeline.InMemory;
import java.time.Duration;
import java.util.List;

/** A round of one whose tasks come from memory: its JVM is told once what to run, and says how far it is. */
final class MemoryRound {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private MemoryRound() {}

    static Round run(InMemory.Command command, Course course, Jvms jvms, CpuTimes.Stopwatch cpu, Silence silence) {
        InMemory.Progress progress = InMemory.Progress.NONE;
        course.publish(List.of(course.entry(command)));
        while (!progress.over() && !silence.tooLong(progress.done()) && jvms.alive()) {
            for (Course.Arrived arrived : course.await(1, LOOK_AGAIN)) {
                progress = InMemory.Progress.read(arrived.value());
            }
        }
        String fault = progress.over()
                ? progress.fault()
                : DeliveryCheck.unended(command.count() - progress.done(), command.count(), jvms.death());
        return new Round(
                command.count(),
                Duration.ofNanos(Math.max(1, progress.wallNanos())),
                cpu.untilNow(),
                new Figures(),
                0,
                fault);
    }
}
