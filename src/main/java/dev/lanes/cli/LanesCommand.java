package dev.lanes.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code ./lanes}: the command that holds all others, and their main. */
@Command(
        name = "lanes",
        synopsisSubcommandLabel = "COMMAND",
        description = "Runs the same tasks on five execution models: sequential, reactive, thread, virtual, process.",
        versionProvider = Version.class,
        sortOptions = false,
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            RunCommand.class,
            PublishCommand.class,
            CancelCommand.class,
            LaneCommand.class,
            DeadCommand.class,
            DemoCommand.class,
            RaceCommand.class,
            RacesCommand.class,
            BenchCommand.class,
            ExperimentCommand.class,
            FaultsCommand.class,
            ArchiveCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Environment: LANES_HOME (.lanes), LANES_PORT (8080), LANES_KAFKA_PORT (9092),",
            "KAFKA_BOOTSTRAP_SERVERS (a Kafka of your own), LANES_URL, LANES_JAVA_OPTS (for",
            "the application's JVM), NO_COLOR, LANES_DEBUG (=1: stack traces)."
        })
final class LanesCommand implements Runnable {
    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean version;

    @Override
    public void run() {
        throw CommandFailed.usage("no command given: ./lanes help lists them, ./lanes up starts everything");
    }

    static CommandLine commandLine(Terminal terminal) {
        FailureLine failures = new FailureLine(terminal, "1".equals(System.getenv("LANES_DEBUG")));
        CommandLine lanes = new CommandLine(new LanesCommand())
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .registerConverter(Integer.class, LanesCommand::wholeNumber)
                .registerConverter(int.class, LanesCommand::wholeNumber)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
        addHelp(lanes);
        return lanes;
    }

    /** Here, for all of them, as an inherited option would clash with the one that picocli's own help command has. */
    private static void addHelp(CommandLine command) {
        if (!command.getCommandSpec().optionsMap().containsKey("--help")) {
            command.getCommandSpec()
                    .addOption(OptionSpec.builder("-h", "--help")
                            .usageHelp(true)
                            .description("Show this help.")
                            .build());
        }
        command.getSubcommands().values().forEach(LanesCommand::addHelp);
    }

    private static Integer wholeNumber(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException notOne) {
            throw new TypeConversionException("'" + text + "' is no whole number, or too large");
        }
    }

    public static void main(String[] args) {
        System.exit(commandLine(Terminal.current()).execute(args));
    }
}
