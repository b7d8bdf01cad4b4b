package dev.lanes.race;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

/**
 * What a Quarkus application usually does: a method for one message, which returns its result. Races run it beside the
 * bare client, in JVMs of its own; like that one it runs no task. Each message is an object with a context, an
 * acknowledgement and a subscription of its own, and is handed from thread to thread: that is what it costs, and why
 * the lanes read batches.
 *
 * @see <a href="https://quarkus.io/guides/kafka">Quarkus' guide to Kafka</a>
 */
@ApplicationScoped
public class QuarkusIdiom {
    private static final byte[] RESULT = BareClient.result(Integer.toString(InTurnRace.RESULT_BYTES));

    @Incoming("idiom-uni")
    @Outgoing("idiom-uni-results")
    Uni<Record<byte[], byte[]>> uni(Record<byte[], byte[]> task) {
        return Uni.createFrom().item(result(task));
    }

    @Incoming("idiom-blocking")
    @Outgoing("idiom-blocking-results")
    @Blocking(ordered = false)
    Record<byte[], byte[]> blocking(Record<byte[], byte[]> task) {
        return result(task);
    }

    @Incoming("idiom-virtual")
    @Outgoing("idiom-virtual-results")
    @RunOnVirtualThread
    Record<byte[], byte[]> virtual(Record<byte[], byte[]> task) {
        return result(task);
    }

    private static Record<byte[], byte[]> result(Record<byte[], byte[]> task) {
        return Record.of(task.key(), RESULT);
    }
}
