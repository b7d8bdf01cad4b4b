/** What the surroundings of the lanes cost: taking tasks in, starting processes, memory. */
@NullMarked
package dev.lanes.race.cost;

import org.jspecify.annotations.NullMarked;
