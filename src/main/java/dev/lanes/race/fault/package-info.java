/** Faults that people fear, inflicted on a Lanes of its own while it works, and the check that no task was lost. */
@NullMarked
package dev.lanes.race.fault;

import org.jspecify.annotations.NullMarked;
