/** Child processes, the worker processes and the broker: started, watched, restarted, and never outliving their parent. */
@NullMarked
package dev.lanes.process;

import org.jspecify.annotations.NullMarked;
