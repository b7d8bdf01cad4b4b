/** What happened to every task, rebuilt from Kafka alone. */
@NullMarked
package dev.lanes.ledger;

import org.jspecify.annotations.NullMarked;
