/** What users implement: a handler runs the tasks of one type. Here are the interface, the registry and the built-in types. */
@NullMarked
package dev.lanes.handler;

import org.jspecify.annotations.NullMarked;
