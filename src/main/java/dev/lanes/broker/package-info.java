/** The embedded Kafka: a real KRaft broker, run in a process of its own. */
@NullMarked
package dev.lanes.broker;

import org.jspecify.annotations.NullMarked;
