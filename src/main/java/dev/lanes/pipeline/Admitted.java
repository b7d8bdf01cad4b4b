package dev.lanes.pipeline;

import dev.lanes.handler.RegisteredHandler;
import dev.lanes.task.Task;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A task that a lane has taken and will run.
 *
 * @param record as it came
 * @param batch to which the record belongs
 */
record Admitted(ConsumerRecord<byte[], byte[]> record, Task task, RegisteredHandler handler, Batch batch) {
    /** What became of it is in Kafka. */
    void settle() {
        batch.settle(record);
    }

    /** Its record stays; what was said of it up to now is in Kafka. */
    void goesOnWith(Task next) {
        batch.goesOnWith(record.offset(), next.attempt());
    }

    /** The same, for another attempt. */
    Admitted again(Task next) {
        return new Admitted(record, next, handler, batch);
    }
}
