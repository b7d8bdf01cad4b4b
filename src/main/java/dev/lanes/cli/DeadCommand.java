package dev.lanes.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ./lanes dead}: the tasks that will not be tried again until somebody redrives them. */
@Command(
        name = "dead",
        sortOptions = false,
        description = "List dead letters, give them back to their lanes, or discard them.",
        subcommands = {DeadListCommand.class, DeadRedriveCommand.class, DeadDiscardCommand.class},
        footer = {
            "",
            "Example: ./lanes dead list --type http --error 'timed out'",
            "         ./lanes dead redrive --type http --error 'timed out' --per-second 50"
        })
final class DeadCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw CommandFailed.usage("say what to do: ./lanes dead list, redrive or discard");
    }
}
