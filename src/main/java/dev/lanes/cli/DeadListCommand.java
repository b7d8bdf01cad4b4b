package dev.lanes.cli;

import static dev.lanes.cli.Table.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./lanes dead list}. */
@Command(name = "list", sortOptions = false, description = "List dead letters, the newest first.")
final class DeadListCommand implements Callable<Integer> {
    @Mixin
    private DeadFilter filter = new DeadFilter();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many (default: 50).")
    private int limit;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private ApiOptions apiOptions = new ApiOptions();

    @Override
    public Integer call() {
        StringBuilder path = new StringBuilder("/api/dead?limit=" + limit);
        filter.each((name, value) ->
                path.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        JsonNode answer = apiOptions.api().get(path.toString());
        Terminal terminal = Terminal.current();
        if (json) {
            terminal.line(answer.toString());
            return 0;
        }
        if (answer.path("matched").asInt() == 0) {
            terminal.line("no dead letters");
            return 0;
        }
        Table table = new Table(text("task"), text("type"), text("lane"), text("died"), text("reason"));
        for (JsonNode letter : answer.path("dead")) {
            table.add(
                    letter.path("id").asText(),
                    letter.path("type").asText(),
                    letter.path("lane").asText("-"),
                    letter.path("at").asText().replaceFirst("\\..*", "Z"),
                    letter.path("reason").asText().lines().findFirst().orElse(""));
        }
        terminal.table(table);
        int more = answer.path("matched").asInt() - answer.path("dead").size();
        if (more > 0) {
            terminal.line("and " + more + " more: --limit, or a narrower filter");
        }
        return 0;
    }
}
