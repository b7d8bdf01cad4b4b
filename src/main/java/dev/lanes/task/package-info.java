/** What a task is: its identity, its states and its attempts. */
@NullMarked
package dev.lanes.task;

import org.jspecify.annotations.NullMarked;
