/** Small measured proofs of what is taught about processes, threads and async: one claim, one predicate, one verdict. */
@NullMarked
package dev.lanes.race.experiment;

import org.jspecify.annotations.NullMarked;
