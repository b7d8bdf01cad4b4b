/** The execution models, side by side behind one interface. */
@NullMarked
package dev.lanes.lane;

import org.jspecify.annotations.NullMarked;
