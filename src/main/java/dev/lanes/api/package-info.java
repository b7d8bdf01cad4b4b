/** REST and server-sent events; thin. */
@NullMarked
package dev.lanes.api;

import org.jspecify.annotations.NullMarked;
