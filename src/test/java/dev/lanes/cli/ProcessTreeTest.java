package dev.lanes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessTreeTest {
    @Test
    void shows_processes_of_other_machines_as_they_describe_themselves() throws JsonProcessingException {
        JsonNode processes = LanesApi.JSON.readTree("""
            [{"host":"far","pid":7,"lanes":["process"],"threads":20}]\
            """);

        ProcessTree tree = ProcessTree.of(Optional.empty(), processes);

        assertThat(tree.lines()).containsExactly("worker process, pid 7 on far: process; 20 threads");
    }

    @Test
    void keeps_two_machines_apart_that_use_the_same_pid() throws JsonProcessingException {
        JsonNode processes = LanesApi.JSON.readTree("""
            [{"host":"a","pid":1,"lanes":["process"],"threads":20},
             {"host":"b","pid":1,"lanes":["reactive","thread"],"threads":40}]\
            """);

        ProcessTree tree = ProcessTree.of(Optional.empty(), processes);

        assertThat(tree.lines())
                .containsExactly(
                        "worker process, pid 1 on a: process; 20 threads",
                        "app, pid 1 on b: reactive, thread; 40 threads");
    }

    @Test
    void counts_numbered_threads_together_and_names_only_ours() {
        ThreadNames names = ThreadNames.counted(
                List.of("lanes-thread-1", "lanes-thread-2", "lanes-reactive", "GC Thread#0", "java"));

        assertThat(names).hasToString("5 threads (lanes-reactive, lanes-thread x2, ...)");
    }
}
