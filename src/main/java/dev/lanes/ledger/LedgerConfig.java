package dev.lanes.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much the ledger remembers. */
@ConfigMapping(prefix = "lanes.ledger")
public interface LedgerConfig {
    /** How many finished tasks are kept; unfinished ones all are. */
    @WithDefault("100000")
    int window();
}
