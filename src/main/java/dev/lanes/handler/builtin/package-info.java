/** The built-in task types: small workloads of every kind, for comparing lanes. */
@NullMarked
package dev.lanes.handler.builtin;

import org.jspecify.annotations.NullMarked;
