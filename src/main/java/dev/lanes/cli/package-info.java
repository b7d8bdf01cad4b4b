/** The commands of ./lanes, which never boot the application. */
@NullMarked
package dev.lanes.cli;

import org.jspecify.annotations.NullMarked;
