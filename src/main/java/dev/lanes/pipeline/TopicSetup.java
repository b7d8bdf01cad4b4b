package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/** Makes the topics, and says from where the share group reads, before the first consumer comes. */
@Singleton
public final class TopicSetup {
    private static final Logger LOG = Logger.getLogger(TopicSetup.class);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKUPS = Duration.ofSeconds(1);
    private static final int MAX_DEAD_LETTER_BYTES = 4 * 1024 * 1024;
    private static final int SHORT_SEGMENT_BYTES = 1024 * 1024;

    private final KafkaClients clients;
    private final Topics topics;
    private final PipelineConfig config;
    private final Set<String> queues;
    private final Set<LaneName> used;
    private boolean waiting;

    @Inject
    TopicSetup(KafkaClients clients, Topics topics, PipelineConfig config) {
        this(clients, topics, config, config.queues(), EnumSet.allOf(LaneName.class));
    }

    /**
     * @param queues the lanes whose topics are read by share groups
     * @param used the lanes that will have tasks: the topics of the others are there, with one partition each
     */
    TopicSetup(KafkaClients clients, Topics topics, PipelineConfig config, Set<String> queues, Set<LaneName> used) {
        this.clients = clients;
        this.topics = topics;
        this.config = config;
        this.queues = Set.copyOf(queues);
        this.used = Set.copyOf(used);
    }

    /**
     * Makes what is not there yet; what is there stays as it is.
     *
     * <p>Ends the start, saying what to do, when Kafka does not answer in time or refuses.
     */
    public void ensure() {
        long patienceMs = config.topics().patience().toMillis();
        try (Admin admin = admin()) {
            Set<String> present = names(admin, patienceMs);
            List<NewTopic> missing = wanted().stream()
                    .filter(topic -> !present.contains(topic.name()))
                    .toList();
            create(admin, missing);
            for (LaneName lane : LaneName.values()) {
                if (queues.contains(lane.toString()) && (config.runs(lane) || config.servesApi())) {
                    readShareGroupFromTheBeginning(admin, lane);
                }
            }
        } catch (KafkaException | TimeoutException | ExecutionException unreachable) {
            throw CannotStart.because(diagnosis(unreachable));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw CannotStart.because("interrupted while waiting for Kafka");
        }
    }

    /** As Kafka itself may, its name may come up after us: a client is not made while none of the names is known. */
    private Admin admin() throws InterruptedException {
        Duration patience = config.topics().patience();
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return clients.admin(patience);
            } catch (KafkaException unresolved) {
                if (!(unresolved.getCause() instanceof ConfigException) || System.nanoTime() > deadline) {
                    throw unresolved;
                }
                sayThatWeWait();
                Thread.sleep(BETWEEN_LOOKUPS);
            }
        }
    }

    private Set<String> names(Admin admin, long patienceMs)
            throws ExecutionException, InterruptedException, TimeoutException {
        KafkaFuture<Set<String>> names = admin.listTopics().names();
        try {
            return names.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            sayThatWeWait();
            return names.get(patienceMs, TimeUnit.MILLISECONDS);
        }
    }

    private void sayThatWeWait() {
        if (!waiting) {
            waiting = true;
            LOG.infof(
                    "waiting for Kafka at %s, for up to %d s",
                    clients.bootstrapServers(), config.topics().patience().toSeconds());
        }
    }

    private String diagnosis(Exception problem) {
        Throwable cause = problem instanceof ExecutionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : problem;
        if (cause instanceof InvalidReplicationFactorException) {
            return "the topics need " + config.topics().replication() + " copies, more than Kafka has brokers: set "
                    + "LANES_TOPICS_REPLICATION to at most their number";
        }
        if (cause instanceof ConfigException) {
            return "a setting of Kafka's clients is wrong (" + cause.getMessage()
                    + "): see to KAFKA_SECURITY_PROTOCOL, KAFKA_SASL_MECHANISM and their like";
        }
        if (cause instanceof AuthenticationException) {
            return "Kafka at " + clients.bootstrapServers() + " refuses the credentials (" + cause.getMessage()
                    + "): set KAFKA_SASL_JAAS_CONFIG, KAFKA_SASL_MECHANISM and, for TLS, KAFKA_SSL_TRUSTSTORE_LOCATION";
        }
        if (cause instanceof AuthorizationException) {
            return "Kafka at " + clients.bootstrapServers() + " does not let this user make or read the topics ("
                    + cause.getMessage() + "): docs/operate.md lists what it must be allowed";
        }
        String reason = cause.getCause() instanceof ConfigException unresolved
                ? String.valueOf(unresolved.getMessage())
                : cause.getClass().getSimpleName();
        return "no answer from Kafka at " + clients.bootstrapServers() + " (" + reason
                + "): start it, or set KAFKA_BOOTSTRAP_SERVERS to where it listens, "
                + "with its kafka.security.protocol and kafka.sasl.* if it asks for them";
    }

    private static void create(Admin admin, List<NewTopic> topics) throws ExecutionException, InterruptedException {
        for (var created : admin.createTopics(topics).values().values()) {
            try {
                created.get();
            } catch (ExecutionException e) {
                // Another instance may have been quicker.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    /** A new share group starts at the end, and would pass over what was published before its first member came. */
    private void readShareGroupFromTheBeginning(Admin admin, LaneName lane)
            throws ExecutionException, InterruptedException {
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, topics.group(lane));
        admin.incrementalAlterConfigs(Map.of(
                        group,
                        List.of(new AlterConfigOp(
                                new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private List<NewTopic> wanted() {
        int partitions = config.topics().partitions();
        List<NewTopic> wanted = new ArrayList<>();
        for (LaneName lane : LaneName.values()) {
            wanted.add(kept(topics.tasks(lane), partitionsOf(lane), Duration.ofDays(30)));
        }
        wanted.add(kept(topics.outcomes(), partitions, Duration.ofDays(7)));
        wanted.add(waiting(topics.scheduled(), 4));
        wanted.add(compacted(topics.dead(), 4));
        wanted.add(shortCompacted(topics.starts()));
        wanted.add(compacted(topics.ledger(), 1));
        wanted.add(kept(topics.heartbeat(), 1, Duration.ofDays(1)));
        wanted.add(compacted(topics.control(), 1));
        wanted.add(compacted(topics.reports(), 1));
        return wanted;
    }

    private int partitionsOf(LaneName lane) {
        if (!used.contains(lane)) {
            return 1;
        }
        return queues.contains(lane.toString())
                ? config.processPartitions()
                : config.topics().partitions();
    }

    private NewTopic kept(String name, int partitions, Duration retention) {
        return new NewTopic(name, partitions, config.topics().replication())
                .configs(Map.of("retention.ms", Long.toString(retention.toMillis())));
    }

    private NewTopic compacted(String name, int partitions) {
        return new NewTopic(name, partitions, config.topics().replication())
                .configs(Map.of(
                        "cleanup.policy", "compact",
                        "segment.ms", Long.toString(Duration.ofHours(1).toMillis()),
                        "max.message.bytes", Integer.toString(MAX_DEAD_LETTER_BYTES)));
    }

    /**
     * One that is read from its beginning each time, and so is kept short; but what has been taken away stays until
     * whoever counts has seen it.
     */
    private NewTopic waiting(String name, int partitions) {
        String tenMinutes = Long.toString(Duration.ofMinutes(10).toMillis());
        return new NewTopic(name, partitions, config.topics().replication())
                .configs(Map.of(
                        "cleanup.policy",
                        "compact",
                        "segment.ms",
                        tenMinutes,
                        "min.compaction.lag.ms",
                        tenMinutes,
                        "min.cleanable.dirty.ratio",
                        "0.1"));
    }

    /** One that is read from its beginning each time, and so is kept short. */
    private NewTopic shortCompacted(String name) {
        return new NewTopic(name, 1, config.topics().replication())
                .configs(Map.of(
                        "cleanup.policy", "compact",
                        "segment.bytes", Integer.toString(SHORT_SEGMENT_BYTES),
                        "segment.ms", Long.toString(Duration.ofMinutes(10).toMillis()),
                        "min.cleanable.dirty.ratio", "0.1",
                        "delete.retention.ms",
                                Long.toString(Duration.ofMinutes(1).toMillis())));
    }
}
