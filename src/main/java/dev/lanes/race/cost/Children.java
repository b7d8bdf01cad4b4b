package dev.lanes.race.cost;

import dev.lanes.process.ChildJvm;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The JVMs that are measured, or have part in it. */
final class Children {
    private final List<Child> started = new CopyOnWriteArrayList<>();

    Child start(ChildJvm jvm) throws IOException {
        Child child = Child.start(jvm);
        started.add(child);
        return child;
    }

    Stream<ProcessHandle> alive() {
        return started.stream().map(Child::handle).filter(ProcessHandle::isAlive);
    }
}
