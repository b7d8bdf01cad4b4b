package dev.lanes.race.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanes.race.Smaps;
import dev.lanes.race.experiment.Bars.Bar;
import jakarta.inject.Singleton;
import java.util.List;

@Singleton
final class MemoryCost implements Experiment {
    private static final int AT_LEAST = 10;
    private static final int WAITING = 1_000;

    @Override
    public Claim claim() {
        return new Claim(
                "3",
                "memory-cost",
                "A process costs more memory than a thread.",
                "Holds: each process has an interpreter and its modules; fork shares their pages only until reference"
                        + " counts are written to them.",
                "Holds: each process has a JVM with a heap, loaded classes and compiled code; a thread has a stack, of"
                        + " which only the part in use is in memory.",
                "the PSS of an idle JVM is at least " + AT_LEAST + " times what a waiting platform thread takes",
                "How many KiB does a platform thread take that only waits?",
                "KiB",
                "The 1 MiB of a thread's stack is reserved, not used. Still, for many thousands that wait, virtual"
                        + " threads and Unis take a small part of what platform threads take.");
    }

    @Override
    public Finding run(Lab lab) throws Exception {
        if (!Smaps.known()) {
            return Finding.notRun("this system has no /proc/self/smaps_rollup, which tells a process's memory");
        }
        lab.step("an idle JVM");
        JsonNode idle = lab.measured(MemoryMain.class, List.of("-Xmx256m", "-XX:+UseSerialGC"), "idle");
        double process = idle.path("pss").asDouble();
        Cost platform = cost(lab, "platform");
        Cost virtual = cost(lab, "virtual");
        Cost uni = cost(lab, "uni");
        double times = process / platform.bytes();
        return Finding.of(
                        times >= AT_LEAST,
                        "an idle JVM has " + Human.bytes(process) + ", a waiting platform thread "
                                + Human.bytes(platform.bytes()) + ", a virtual thread " + Human.bytes(virtual.bytes())
                                + ", a Uni " + Human.bytes(uni.bytes()),
                        platform.bytes() / 1024,
                        new Finding.Figures()
                                .add("idle JVM, PSS", process / 1024, "KiB")
                                .add("idle JVM, RSS", idle.path("rss").asDouble() / 1024, "KiB")
                                .add("platform thread, outside of the heap", platform.pss() / 1024, "KiB")
                                .add("platform thread, in the heap", platform.heap() / 1024, "KiB")
                                .add("virtual thread, outside of the heap", virtual.pss() / 1024, "KiB")
                                .add("virtual thread, in the heap", virtual.heap() / 1024, "KiB")
                                .add("Uni, outside of the heap", uni.pss() / 1024, "KiB")
                                .add("Uni, in the heap", uni.heap() / 1024, "KiB")
                                .list(),
                        "PSS from /proc/self/smaps_rollup. A JVM for each kind, with a heap touched beforehand, so that"
                                + " its PSS grows by what lies outside; before and after " + WAITING
                                + " wait, it collects garbage and reads PSS and live heap. PSS varies by some 100 KiB a"
                                + " run: 0.1 KiB for each.")
                .with(Bars.logarithmic(List.of(
                        new Bar("idle JVM", process, Human.bytes(process)),
                        new Bar("waiting platform thread", platform.bytes(), Human.bytes(platform.bytes())),
                        new Bar("waiting virtual thread", virtual.bytes(), Human.bytes(virtual.bytes())),
                        new Bar("waiting Uni", uni.bytes(), Human.bytes(uni.bytes())))));
    }

    /** What one of many takes, in bytes. */
    private record Cost(double heap, double pss) {
        double bytes() {
            return heap + pss;
        }
    }

    private static Cost cost(Lab lab, String kind) throws Exception {
        lab.step(WAITING + " waiting: " + kind);
        JsonNode all = lab.measured(
                MemoryMain.class,
                List.of("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                kind,
                Integer.toString(WAITING));
        return new Cost(all.path("heap").asDouble() / WAITING, all.path("pss").asDouble() / WAITING);
    }
}
