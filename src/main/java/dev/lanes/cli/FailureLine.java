package dev.lanes.cli;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns every failure into one line on stderr and an exit status; LANES_DEBUG=1 adds the stack trace. */
final class FailureLine implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final Terminal terminal;
    private final boolean debug;

    FailureLine(Terminal terminal, boolean debug) {
        this.terminal = terminal;
        this.debug = debug;
    }

    @Override
    public int handleParseException(ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        String help = command.getParent() == null
                ? "./lanes help"
                : "./" + command.getCommandSpec().qualifiedName() + " --help";
        print(firstLine(problem) + suggestion(problem) + " (see " + help + ")", problem);
        return CommandFailed.USAGE;
    }

    @Override
    public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
        if (problem instanceof CommandFailed failed) {
            print(firstLine(failed), failed);
            return failed.exitStatus();
        }
        print("unexpected: " + problem + " (LANES_DEBUG=1 shows where)", problem);
        return CommandFailed.FAILURE;
    }

    private void print(String line, Exception problem) {
        terminal.error(line);
        if (debug) {
            terminal.trace(problem);
        }
    }

    private static String firstLine(Exception problem) {
        String message = String.valueOf(problem.getMessage());
        return message.lines().findFirst().orElse(message).replaceFirst("\\.$", "");
    }

    private static String suggestion(ParameterException problem) {
        if (problem instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && !unmatched.getSuggestions().isEmpty()) {
            return ", did you mean '" + unmatched.getSuggestions().getFirst() + "'?";
        }
        return "";
    }
}
