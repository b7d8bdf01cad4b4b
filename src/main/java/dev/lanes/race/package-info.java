/** The same work on every lane, compared. */
@NullMarked
package dev.lanes.race;

import org.jspecify.annotations.NullMarked;
