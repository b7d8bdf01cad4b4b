package dev.lanes.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Where a command writes: results to stdout, failures, warnings and progress to stderr; colour only for people. */
final class Terminal {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;
    private final boolean colour;

    Terminal(PrintStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal, boolean colour) {
        this.out = out;
        this.err = err;
        this.outIsTerminal = outIsTerminal;
        this.errIsTerminal = errIsTerminal;
        this.colour = colour;
    }

    /** The process's own streams; the script tells which of them are terminals, as Java only knows both together. */
    static Terminal current() {
        Map<String, String> env = System.getenv();
        boolean noColour = !env.getOrDefault("NO_COLOR", "").isEmpty() || "dumb".equals(env.get("TERM"));
        boolean outIsTerminal = Boolean.getBoolean("lanes.terminal.out");
        boolean errIsTerminal = Boolean.getBoolean("lanes.terminal.err");
        return new Terminal(System.out, System.err, outIsTerminal, errIsTerminal, outIsTerminal && !noColour);
    }

    boolean colour() {
        return colour;
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    void table(Table table) {
        List<String> lines = table.lines();
        line(bold(lines.getFirst()));
        lines.subList(1, lines.size()).forEach(this::line);
    }

    /** A line that {@link #line} will overwrite; only people see it. */
    void pending(String text) {
        if (outIsTerminal) {
            out.print(text + "\r");
            out.flush();
        }
    }

    void warning(String text) {
        err.println("warning: " + text);
    }

    void error(String text) {
        clearProgress();
        err.println("lanes: " + text);
    }

    /** Asks for a line of input; a program that reads the results does not see it. */
    void question(String text) {
        clearProgress();
        err.println(text);
        err.flush();
    }

    /** Text that belongs to the failure that follows, such as the end of a log. */
    void detail(String text) {
        err.println("  " + text);
    }

    void trace(Exception problem) {
        problem.printStackTrace(err);
    }

    void progress(String text) {
        if (errIsTerminal) {
            err.print("\r" + text + "\033[K");
            err.flush();
        }
    }

    /** The same for a log, which keeps every line. */
    void step(String text) {
        if (!errIsTerminal) {
            err.println(text);
            err.flush();
        }
    }

    void clearProgress() {
        progress("");
    }

    String bold(String text) {
        return styled("1", text);
    }

    String dim(String text) {
        return styled("2", text);
    }

    String green(String text) {
        return styled("32", text);
    }

    private String styled(String code, String text) {
        return colour ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
