package dev.lanes.race.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneCoreTest {
    @Test
    void takes_the_first_core_that_this_process_may_use() {
        String status = "Cpus_allowed:\tcc\nCpus_allowed_list:\t2-3,6-7\nMems_allowed_list:\t0\n";

        assertThat(OneCore.by(Path.of("/usr/bin/taskset"), status))
                .hasValueSatisfying(core -> assertThat(core.launcher()).containsExactly("/usr/bin/taskset", "-c", "2"));
    }

    @Test
    void tells_the_jvm_where_the_system_cannot_be_told_and_says_so() {
        assertThat(OneCore.by(Path.of("/usr/bin/taskset"), "Name:\tjava\n")).isEmpty();
        assertThat(OneCore.byFlag().flags()).containsExactly("-XX:ActiveProcessorCount=1");
        assertThat(OneCore.byFlag().words()).contains("no taskset");
    }

    @Test
    void keeps_a_process_to_one_core() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(OneCore.here().launcher());
        assumeFalse(command.isEmpty(), "only where there is taskset");
        command.addAll(List.of("grep", "Cpus_allowed_list", "/proc/self/status"));

        Process process = new ProcessBuilder(command).start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
                .matches("Cpus_allowed_list:\\s*\\d+");
        assertThat(process.waitFor()).isZero();
    }
}
