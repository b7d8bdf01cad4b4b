package dev.lanes.race;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * CPU time that those who have part in a round took meanwhile; null for one that has no process of its own here, or of
 * which the system does not tell.
 *
 * @param entrant of its JVMs
 * @param compilers the part of it that their compilers took
 * @param broker of Kafka, where that is this process's child
 * @param publisher of this process, which publishes and checks
 * @param coresOfOthers that what has no part in it kept busy on this machine
 */
record CpuTimes(
        @Nullable Duration entrant,
        @Nullable Duration compilers,
        @Nullable Duration broker,
        @Nullable Duration publisher,
        @Nullable Double coresOfOthers) {
    /** Where all share one process. */
    static CpuTimes ofOthers(@Nullable Double cores) {
        return new CpuTimes(null, null, null, null, cores);
    }

    /** From now on. */
    static Stopwatch start(Jvms jvms, Supplier<Optional<ProcessHandle>> broker) {
        return new Stopwatch(jvms, broker);
    }

    /** Runs. */
    static final class Stopwatch {
        private final Jvms jvms;
        private final Supplier<CpuTimes> reading;
        private final @Nullable Duration compilersBefore;
        private final CpuTimes before;
        private final MachineCpu.Stopwatch others;

        private Stopwatch(Jvms jvms, Supplier<Optional<ProcessHandle>> broker) {
            this.jvms = jvms;
            this.reading = () -> new CpuTimes(
                    jvms.cpu(),
                    null,
                    broker.get()
                            .flatMap(process -> process.info().totalCpuDuration())
                            .orElse(null),
                    MachineCpu.ofPublisher(),
                    null);
            // To ask that of all threads takes this process a while, which is not to count.
            this.compilersBefore = jvms.compilerCpu();
            this.before = reading.get();
            this.others = MachineCpu.start(() -> reading.get().sum());
        }

        CpuTimes untilNow() {
            CpuTimes now = reading.get();
            Double ofOthers = others.cores();
            return new CpuTimes(
                    difference(before.entrant, now.entrant),
                    difference(compilersBefore, jvms.compilerCpu()),
                    difference(before.broker, now.broker),
                    difference(before.publisher, now.publisher),
                    ofOthers);
        }
    }

    /** Of all who have part in it, as far as is known. */
    Duration sum() {
        return Stream.of(Optional.ofNullable(entrant), Optional.ofNullable(broker), Optional.ofNullable(publisher))
                .flatMap(Optional::stream)
                .reduce(Duration.ZERO, Duration::plus);
    }

    static @Nullable Duration difference(@Nullable Duration before, @Nullable Duration after) {
        return before == null || after == null ? null : after.minus(before);
    }
}
