package dev.lanes.pipeline;

import dev.lanes.task.LaneName;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jboss.logging.Logger;

/** Opens what is raced on, and clears away what a race that was killed has left. */
@Singleton
public final class Courses {
    private static final Logger LOG = Logger.getLogger(Courses.class);
    /** No race takes longer. */
    private static final Duration LEFT_BEHIND = Duration.ofHours(2);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final KafkaClients clients;
    private final Topics topics;
    private final PipelineConfig config;

    Courses(KafkaClients clients, Topics topics, PipelineConfig config) {
        this.clients = clients;
        this.topics = topics;
        this.config = config;
    }

    /** The version of Kafka's clients. */
    public static String kafkaVersion() {
        return AppInfoParser.getVersion();
    }

    /**
     * How the topics of a race begin.
     *
     * @param id its number: the time at which it began, in milliseconds since 1970, in base 36
     */
    public String prefix(String id) {
        return topics.races() + id;
    }

    /**
     * Makes topics whose names begin with {@code prefix}; none stay when it is interrupted or fails.
     *
     * @param used the lanes that tasks are put into: the fewer, the sooner the topics are there
     * @param queues the lanes whose topics are read by share groups
     */
    public Course open(String prefix, Set<LaneName> used, Set<LaneName> queues) {
        Topics own = new Topics(prefix);
        Course course = new Course(clients, own, config.topics().partitions(), true);
        try {
            new TopicSetup(
                            clients,
                            own,
                            config,
                            queues.stream().map(LaneName::toString).collect(Collectors.toSet()),
                            used)
                    .ensure();
            awaitLeaders(own);
            return course.begin();
        } catch (CannotStart refused) {
            course.close();
            throw new KafkaException(refused.line(), refused);
        } catch (RuntimeException stopped) {
            course.close();
            throw stopped;
        }
    }

    /** The topics of the lanes that run. */
    public Course live() {
        return new Course(clients, topics, config.topics().partitions(), false).begin();
    }

    /** A topic that has been made can be used a little later. */
    private void awaitLeaders(Topics own) {
        long deadline = System.nanoTime() + Course.PATIENCE.toNanos();
        try (Admin admin = clients.admin(Course.PATIENCE)) {
            while (!known(admin, own.all())) {
                if (System.nanoTime() > deadline) {
                    throw new KafkaException(
                            "Kafka has not made the topics of the race within " + Course.PATIENCE.toSeconds() + " s");
                }
                Thread.sleep(LOOK_AGAIN);
            }
        } catch (InterruptedException stop) {
            throw new org.apache.kafka.common.errors.InterruptException(stop);
        }
    }

    private static boolean known(Admin admin, List<String> names) throws InterruptedException {
        try {
            return admin
                    .describeTopics(names)
                    .allTopicNames()
                    .get(Course.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .values()
                    .stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.leader() != null);
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        }
    }

    /** Deletes the topics of races of this pipeline that were killed two hours ago, or before. */
    public void clearAway(Instant now) {
        try (Admin admin = clients.admin(Course.PATIENCE)) {
            List<String> left = admin.listTopics().names().get().stream()
                    .filter(name -> name.startsWith(topics.races()))
                    .filter(name -> began(name).plus(LEFT_BEHIND).isBefore(now))
                    .toList();
            if (!left.isEmpty()) {
                LOG.infof("deleting %d topics that a race has left behind", left.size());
                admin.deleteTopics(left).all().get();
            }
        } catch (ExecutionException | KafkaException later) {
            LOG.debugf("topics of old races stay: %s", later.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** The time in the name; that of the end of all races where there is none, so that the topic stays. */
    private Instant began(String topic) {
        String id = topic.substring(topics.races().length()).split("[.-]", 2)[0];
        try {
            return Instant.ofEpochMilli(Long.parseLong(id, Character.MAX_RADIX));
        } catch (NumberFormatException foreign) {
            return Instant.MAX.minus(LEFT_BEHIND);
        }
    }
}
