/** The one path of a task through Kafka: intake, source, dispatch, outcome, acknowledgement. */
@NullMarked
package dev.lanes.pipeline;

import org.jspecify.annotations.NullMarked;
