package dev.lanes.ledger;

/** Kafka does not answer, so that nothing can be said or done. */
public final class KafkaAway extends RuntimeException {
    private static final long serialVersionUID = 1;

    KafkaAway(Throwable cause) {
        super("Kafka does not answer", cause);
    }
}
