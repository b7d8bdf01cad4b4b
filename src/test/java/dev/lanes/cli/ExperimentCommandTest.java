package dev.lanes.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ExperimentCommandTest {
    private static final String MEASURED = """
            {"number": "7", "name": "seven", "taught": "Seven is a claim.", "question": "How many?", "unit": "cores",
             "state": "finished", "verdict": "holds", "measured": "1.01 cores busy", "answer": 1.01, "figures": []}
            """;
    private static final String NOT_RUN = """
            {"number": "7", "name": "seven", "taught": "Seven is a claim.", "question": "How many?", "unit": "cores",
             "state": "finished", "verdict": "not run", "measured": "on other hosts", "answer": null, "figures": []}
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private volatile String experiment = MEASURED;
    private HttpServer lanes;

    @BeforeEach
    void start() throws IOException {
        lanes = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        HttpHandler answer = exchange -> {
            byte[] body = experiment.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        };
        lanes.createContext("/api/experiments", answer);
        lanes.start();
    }

    @AfterEach
    void stop() {
        lanes.stop(0);
    }

    @Test
    void asks_for_a_guess_beside_the_json_and_puts_it_in() throws IOException {
        predict("two or so\n1,5\n", "--json");

        JsonNode printed = new JsonMapper().readTree(out.toByteArray());
        assertThat(printed.at("/0/guess").asDouble()).isEqualTo(1.5);
        assertThat(printed.at("/0/answer").asDouble()).isEqualTo(1.01);
        assertThat(err.toString(UTF_8))
                .containsSubsequence("How many? (cores", "that is no number", "How many? (cores");
    }

    @Test
    void a_guess_that_is_skipped_is_null_in_the_json() throws IOException {
        predict("\n", "--json");

        assertThat(new JsonMapper().readTree(out.toByteArray()).at("/0/guess").isNull())
                .isTrue();
    }

    @Test
    void takes_no_guess_that_is_not_a_finite_number() throws IOException {
        predict("NaN\nInfinity\n2\n", "--json");

        assertThat(new JsonMapper().readTree(out.toByteArray()).at("/0/guess").asDouble())
                .isEqualTo(2);
    }

    @Test
    void shows_the_guess_beside_what_was_measured() {
        predict("2\n");

        assertThat(out.toString(UTF_8)).contains("2 cores; it was 1.01");
    }

    @Test
    void shows_no_answer_beside_a_guess_where_nothing_could_be_measured() {
        experiment = NOT_RUN;

        predict("2\n");

        assertThat(out.toString(UTF_8)).contains("2 cores").doesNotContain("it was");
    }

    private void predict(String input, String... words) {
        Terminal terminal =
                new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false, false, false);
        ExperimentCommand command = new ExperimentCommand(terminal, new ByteArrayInputStream(input.getBytes(UTF_8)));
        CommandLine line = new CommandLine(command);
        line.setExecutionExceptionHandler((problem, parsed, result) -> {
            throw problem;
        });

        int status = line.execute(Stream.concat(
                        Stream.of(
                                "7",
                                "--predict",
                                "--url",
                                "http://127.0.0.1:" + lanes.getAddress().getPort()),
                        Stream.of(words))
                .toArray(String[]::new));

        assertThat(status).isZero();
    }
}
