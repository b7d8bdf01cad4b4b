package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/**
 * The source of the lanes that read a queue: this process is a member of a share group, once for each task that the
 * lane runs at a time, and once more for the thread of a lane that runs one.
 *
 * @see <a href="https://cwiki.apache.org/confluence/display/KAFKA/KIP-932%3A+Queues+for+Kafka">KIP-932</a>
 */
@Singleton
public final class ShareGroupSource {
    private final KafkaClients clients;
    private final Topics topics;
    private final Lanes lanes;
    private final PipelineConfig config;
    private final Redelivery redelivery;
    private final Starts starts;
    private final Leases leases;
    private final BrokerWatch kafka;
    private final Recycling recycling;
    private final List<ShareGroupMember> members = new ArrayList<>();

    ShareGroupSource(
            KafkaClients clients,
            Topics topics,
            Lanes lanes,
            PipelineConfig config,
            Redelivery redelivery,
            Starts starts,
            Leases leases,
            BrokerWatch kafka,
            Recycling recycling) {
        this.clients = clients;
        this.topics = topics;
        this.lanes = lanes;
        this.config = config;
        this.redelivery = redelivery;
        this.starts = starts;
        this.leases = leases;
        this.kafka = kafka;
        this.recycling = recycling;
    }

    void start(@Observes StartupEvent event) {
        for (LaneName lane : LaneName.values()) {
            if (config.runsAsQueue(lane)) {
                Dispatcher dispatcher = lanes.dispatcher(lane).orElseThrow();
                int threads = dispatcher.lane().concurrency();
                for (int number = 1; number <= threads; number++) {
                    Relay relay = new Relay();
                    members.add(member(dispatcher, relay, false, number));
                    if (threads == 1) {
                        members.add(member(dispatcher, relay, true, number + 1));
                    }
                }
            }
        }
        members.forEach(ShareGroupMember::start);
    }

    private ShareGroupMember member(Dispatcher dispatcher, Relay relay, boolean second, int number) {
        return new ShareGroupMember(
                clients,
                topics,
                dispatcher,
                redelivery,
                starts,
                leases,
                kafka,
                recycling,
                config.isWorkerProcess(),
                relay,
                second,
                number);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        members.forEach(ShareGroupMember::stop);
        for (ShareGroupMember member : members) {
            member.awaitEnd();
        }
    }
}
